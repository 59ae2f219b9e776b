import WebSocket from 'ws';
import type { ScreenState } from '../../contract/rpc/screen.ts';
import { steadyMs } from './steadyMs.ts';

/** What a TV does, without its browser: asks on every event, one question at a time, and notes when it knew of a call. */
export class WallClient {
  /** `B001@3` → when it was here, by `steadyMs`. */
  readonly seen = new Map<string, number>();
  readonly #socket: WebSocket;
  readonly #floor: number;
  #isAsking = false;
  #isAskedAgain = false;
  #id = 0;
  /** Numbers on the wall now. */
  showing = 0;

  private constructor(socket: WebSocket, floor: number) {
    this.#socket = socket;
    this.#floor = floor;
  }

  static async open(port: number, floor: number): Promise<WallClient> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`);
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    const client = new WallClient(socket, floor);
    socket.on('message', (data) => client.#read(String(data)));
    client.#send('session.hello', {});
    client.#send('events.subscribe', { topics: ['queue'] });
    client.#ask();
    return client;
  }

  close(): void {
    this.#socket.terminate();
  }

  #read(text: string): void {
    const message = JSON.parse(text) as { method?: string; result?: Partial<ScreenState> };
    if (message.method === 'event') {
      this.#ask();
      return;
    }
    const { now } = message.result ?? {};
    if (!now) return;
    const at = steadyMs();
    this.showing = now.length;
    for (const { number, window } of now) {
      const key = `${number}@${window}`;
      if (!this.seen.has(key)) this.seen.set(key, at);
    }
    this.#isAsking = false;
    if (this.#isAskedAgain) this.#ask();
  }

  #ask(): void {
    this.#isAskedAgain = this.#isAsking;
    if (this.#isAsking) return;
    this.#isAsking = true;
    this.#send('screen.state', { floor: this.#floor });
  }

  #send(method: string, params: object): void {
    this.#id += 1;
    this.#socket.send(JSON.stringify({ jsonrpc: '2.0', id: this.#id, method, params }));
  }
}
