import { setTimeout as delay } from 'node:timers/promises';

interface Target {
  type: string;
  url: string;
  webSocketDebuggerUrl: string;
}

/** Reads a page of a running Electron from outside, by Chromium's protocol: nothing of it runs while it starts. */
export class DevtoolsPage {
  readonly #socket: WebSocket;
  #nextId = 1;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  /** Waits for the first page behind `--remote-debugging-port`. */
  static async connect(port: number): Promise<DevtoolsPage> {
    for (;;) {
      const target = (await listTargets(port)).find(({ type, url }) => type === 'page' && url !== 'about:blank');
      if (!target) {
        await delay(50);
        continue;
      }
      const socket = new WebSocket(target.webSocketDebuggerUrl);
      await new Promise((resolve, reject) => {
        socket.addEventListener('open', resolve);
        socket.addEventListener('error', () => reject(new Error('the page takes no debugger')));
      });
      return new DevtoolsPage(socket);
    }
  }

  /** @returns the value of an expression in the page, which must be JSON */
  evaluate(expression: string): Promise<unknown> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const listen = ({ data }: MessageEvent): void => {
        const message = JSON.parse(String(data)) as { id?: number; result?: { result?: { value?: unknown } } };
        if (message.id !== id) return;
        this.#socket.removeEventListener('message', listen);
        resolve(message.result?.result?.value ?? null);
      };
      this.#socket.addEventListener('message', listen);
      this.#socket.addEventListener('close', () => reject(new Error('the page went away')));
      this.#socket.send(
        JSON.stringify({ id, method: 'Runtime.evaluate', params: { expression, returnByValue: true } }),
      );
    });
  }

  close(): void {
    this.#socket.close();
  }
}

async function listTargets(port: number): Promise<Target[]> {
  try {
    return (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as Target[];
  } catch {
    return [];
  }
}
