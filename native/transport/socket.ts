import { connect, type Socket } from 'node:net';
import { CALL_DEADLINE_MS, withDeadline } from './deadline.ts';
import { Ending } from './ending.ts';
import { type PortOptions, type Transport, TransportError } from './types.ts';

const KEEP_ALIVE_MS = 10_000;

/**
 * Connects to the `host:port` of an address such as `tcp://10.0.0.5:4001`.
 * @throws TransportError `port-missing` (no such host or not an address), `refused` (no connection within 3 s)
 */
export async function connectTo(port: string): Promise<Socket> {
  const address = parseAddress(port);
  if (!address) throw new TransportError('port-missing', `not an address: ${port}`);
  const socket = connect({ ...address, noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS });
  try {
    await connected(socket, port);
  } catch (error) {
    socket.destroy();
    throw error;
  }
  return socket;
}

/** Bytes over a connected socket; `baudRate` is that of the serial line behind the far end. */
export class SocketTransport implements Transport {
  readonly port: string;
  readonly #socket: Socket;
  readonly #baudRate: number;
  readonly #ending = new Ending();
  #onData: (bytes: Uint8Array) => void = () => {};
  #closing: Promise<void> | null = null;
  /** What was written did not leave: it must not leave later. */
  #stuck = false;

  constructor(socket: Socket, options: PortOptions) {
    this.port = options.port;
    this.#socket = socket;
    this.#baudRate = options.baudRate;
    socket.on('data', (bytes: Buffer) => this.#onData(bytes));
    socket.on('error', () => this.#ending.report('error'));
    socket.on('end', () => this.#ending.report('disconnected'));
    socket.on('close', () => this.#ending.report(this.#closing ? 'closed' : 'disconnected'));
  }

  async write(bytes: Uint8Array, patienceMs = CALL_DEADLINE_MS): Promise<void> {
    const what = `write ${this.port}`;
    if (this.#ending.reason || this.#closing) throw new TransportError('closed', what);
    const sent = new Promise<void>((resolve, reject) => {
      this.#socket.write(bytes, (error) =>
        error ? reject(new TransportError('io', `${what}: ${error.message}`)) : resolve(),
      );
    });
    // The serial line behind the server takes its time, and the server's buffer may be small.
    const wireMs = (bytes.length * 10_000) / this.#baudRate;
    try {
      await withDeadline(this.#ending.unlessEnded(sent, what), patienceMs + wireMs, what);
    } catch (error) {
      this.#stuck = true;
      throw error;
    }
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.#onData = listener;
  }

  onClose(listener: (reason: 'closed' | 'disconnected' | 'error') => void): void {
    this.#ending.listen(listener);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    if (this.#stuck) this.#socket.destroy();
    else if (!this.#socket.destroyed) {
      const closed = new Promise<void>((resolve) => this.#socket.once('close', () => resolve()));
      // What was written is handed to the network first; a far end that never closes is not waited for.
      this.#socket.end(() => this.#socket.destroy());
      await withDeadline(closed, CALL_DEADLINE_MS, 'close').catch(() => this.#socket.destroy());
    }
    this.#ending.report('closed');
  }
}

function parseAddress(port: string): { host: string; port: number } | null {
  const match = /^[a-z0-9]+:\/\/([^\s/:]+):(\d{1,5})$/.exec(port);
  const number = Number(match?.[2]);
  return match?.[1] && number >= 1 && number <= 65_535 ? { host: match[1], port: number } : null;
}

function connected(socket: Socket, port: string): Promise<void> {
  const done = new Promise<void>((resolve, reject) => {
    socket.once('connect', () => resolve());
    socket.once('error', (error: NodeJS.ErrnoException) => {
      const code = error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN' ? 'port-missing' : 'refused';
      reject(new TransportError(code, `connect ${port}: ${error.code ?? error.message}`));
    });
  });
  // Nothing hangs after the socket is destroyed, so this is no `deadline`: that code means a hung operating system.
  return withDeadline(done, CALL_DEADLINE_MS, `connect ${port}`).catch((error: unknown) => {
    if (error instanceof TransportError && error.code === 'deadline') {
      throw new TransportError('refused', `connect ${port}: no answer`);
    }
    throw error;
  });
}
