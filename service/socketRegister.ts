import { WebSocket } from 'ws';
import type { EventName } from '../contract/rpc.ts';
import type { Access } from './access/access.ts';

/** What a socket may leave unread before it is taken for dead, bytes. */
export const MAX_UNREAD_BYTES = 8 * 1024 * 1024;
/** A machine that lost its network says no goodbye. */
const HEARTBEAT_MS = 30_000;
const BROKEN = 1006;

interface Known {
  address: string;
  connection: string | null;
  isAlive: boolean;
}

/** The open sockets, and which connection each of them carries. */
export class SocketRegister {
  readonly #access: Access;
  readonly #onGone: (connection: string) => void;
  readonly #sockets = new Map<WebSocket, Known>();
  readonly #byConnection = new Map<string, WebSocket>();
  /** Connections whose line broke and that may still come back. */
  readonly #away = new Map<string, NodeJS.Timeout>();
  readonly #heartbeat: NodeJS.Timeout;
  #isClosing = false;

  /** @param onGone a connection that said hello has ended for good */
  constructor({ access, onGone }: { access: Access; onGone: (connection: string) => void }) {
    this.#access = access;
    this.#onGone = onGone;
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS);
    this.#heartbeat.unref();
  }

  hasRoom(address: string): boolean {
    const { total, perAddress } = this.#access.maxSockets;
    const ofAddress = [...this.#sockets.values()].filter((each) => each.address === address).length;
    return this.#sockets.size < total && ofAddress < perAddress;
  }

  add(socket: WebSocket, address: string): void {
    const known: Known = { address, connection: null, isAlive: true };
    this.#sockets.set(socket, known);
    socket.on('pong', () => {
      known.isAlive = true;
    });
  }

  /** The socket said hello. One that carried the same connection before is a broken line nobody noticed. */
  name(socket: WebSocket, connection: string): void {
    const known = this.#sockets.get(socket);
    if (!known) return;
    known.connection = connection;
    const before = this.#byConnection.get(connection);
    this.#byConnection.set(connection, socket);
    before?.terminate();
    clearTimeout(this.#away.get(connection));
    this.#away.delete(connection);
  }

  remove(socket: WebSocket, code: number): void {
    const connection = this.#sockets.get(socket)?.connection ?? null;
    this.#sockets.delete(socket);
    if (connection === null || this.#byConnection.get(connection) !== socket) return;
    this.#byConnection.delete(connection);
    const { returnMs } = this.#access;
    if (returnMs === 0 || (code !== BROKEN && !this.#isClosing)) {
      this.#onGone(connection);
    } else if (!this.#isClosing) {
      const timer = setTimeout(() => {
        this.#away.delete(connection);
        this.#onGone(connection);
      }, returnMs);
      timer.unref();
      this.#away.set(connection, timer);
    }
  }

  /** @param connection null: every one */
  send(connection: string | null, event: EventName, message: string): void {
    const named = connection === null ? [...this.#byConnection.keys()] : [connection];
    for (const each of named) {
      const socket = this.#byConnection.get(each);
      if (socket?.readyState !== WebSocket.OPEN || !this.#access.mayHear(each, event)) continue;
      if (socket.bufferedAmount > MAX_UNREAD_BYTES) socket.terminate();
      else socket.send(message);
    }
  }

  /** Ends every socket and waits until each is gone. Pages that may come back find their session in the next process. */
  async close(): Promise<void> {
    this.#isClosing = true;
    clearInterval(this.#heartbeat);
    for (const timer of this.#away.values()) clearTimeout(timer);
    const ends = [...this.#sockets.keys()].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    for (const socket of this.#sockets.keys()) socket.terminate();
    // What is told of a gone socket is told while there is somebody to hear it.
    await Promise.all(ends);
  }

  #beat(): void {
    for (const [socket, known] of this.#sockets) {
      if (!known.isAlive) {
        socket.terminate();
      } else {
        known.isAlive = false;
        socket.ping();
      }
    }
  }
}
