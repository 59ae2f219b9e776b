import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { type Transport, TransportError } from '../../../transport/types.ts';
import type { DriverEnvironment } from '../../types.ts';

/** Test helper: a TCP peer that answers from a table, and a transport to it. It knows no more ESC/POS than two patterns. */
export class ScriptedPeer {
  /** Bytes sent back for DLE EOT n; nothing for a missing one. */
  answers: Record<number, number[]>;
  /** Called with the id when the request for it has arrived. */
  onRequest: (id: string) => void = (id) => this.confirm(id);
  onQuery: (query: number) => void = () => {};
  onJobByte: () => void = () => {};
  /** What came, in order: `?1` a query, `job` a run of other bytes. */
  readonly log: string[] = [];
  readonly #server: Server;
  readonly #job: number[] = [];
  #socket: Socket | null = null;
  #dle: number[] = [];
  #scanned = 0;

  static async open(answers: Record<number, number[]>): Promise<ScriptedPeer> {
    const server = createServer({ noDelay: true });
    const peer = new ScriptedPeer(server, answers);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return peer;
  }

  constructor(server: Server, answers: Record<number, number[]>) {
    this.#server = server;
    this.answers = answers;
    server.on('connection', (socket) => {
      this.#socket = socket;
      socket.on('error', () => {});
      socket.on('data', (data) => {
        for (const byte of data) this.#take(byte);
        this.#findRequest();
      });
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get job(): Uint8Array {
    return Uint8Array.from(this.#job);
  }

  send(...bytes: number[]): void {
    this.#socket?.write(Uint8Array.from(bytes));
  }

  confirm(id: string): void {
    this.send(0x37, 0x22, ...Buffer.from(id, 'latin1'), 0x00);
  }

  hangUp(): void {
    this.#socket?.destroy();
  }

  async close(): Promise<void> {
    this.hangUp();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #take(byte: number): void {
    this.#dle.push(byte);
    const [first, second, query] = this.#dle;
    if (first === 0x10 && (second === undefined || second === 0x04)) {
      if (query === undefined) return;
      this.#dle = [];
      this.log.push(`?${query}`);
      this.onQuery(query);
      this.send(...(this.answers[query] ?? []));
      return;
    }
    this.#job.push(...this.#dle);
    this.#dle = [];
    if (this.log.at(-1) !== 'job') this.log.push('job');
    this.onJobByte();
  }

  #findRequest(): void {
    const text = Buffer.from(this.#job).toString('latin1');
    const at = text.indexOf('\u001d(H\u0006\u000000', this.#scanned);
    if (at < 0 || text.length < at + 11) return;
    this.#scanned = at + 11;
    this.onRequest(text.slice(at + 7, at + 11));
  }
}

export async function openTcp(port: number): Promise<Transport> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  socket.on('error', () => {});
  return {
    port: `tcp://127.0.0.1:${port}`,
    write: (bytes) =>
      new Promise((resolve, reject) => {
        if (socket.destroyed) reject(new TransportError('closed', 'test'));
        else socket.write(bytes, (error) => (error ? reject(new TransportError('closed', error.message)) : resolve()));
      }),
    onData: (listener) => {
      socket.on('data', listener);
    },
    onClose: (listener) => {
      socket.once('close', () => listener('disconnected'));
    },
    close: async () => {
      socket.destroy();
    },
  };
}

/** Question there, answer back, and some to spare. */
const TURNS = 6;

export interface TestClock extends DriverEnvironment {
  /** Moves `now` without anybody waiting. */
  jump(ms: number): void;
  readonly delays: number[];
}

/** Real time that can jump ahead. */
export function makeClock(): TestClock {
  let ahead = 0;
  const delays: number[] = [];
  return {
    delays,
    now: () => performance.now() + ahead,
    jump: (ms) => {
      ahead += ms;
    },
    delay: async (ms) => {
      delays.push(ms);
      await setTimeout(ms);
      // Timers go before sockets: on a busy machine an answer that is already here must not count as late.
      for (let turn = 0; turn < TURNS; turn += 1) await setImmediate();
    },
    log: () => {},
  };
}
