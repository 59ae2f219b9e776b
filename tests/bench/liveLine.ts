import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** One live line: as little client as there can be. Says when a hint arrives, and nothing of what it says. */
export class LiveLine {
  readonly #socket: Socket;
  onHint: (() => void) | null = null;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      if (chunk.includes('event: hint')) this.onHint?.();
    });
    socket.on('error', () => {});
  }

  /** Resolves when the centre has begun to answer: from then on the line is subscribed. @throws Error for any answer but 200 */
  static async open(url: string, token: string): Promise<LiveLine> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    const line = new LiveLine(socket);
    socket.write(`GET /sync/v1/live HTTP/1.1\r\nhost: centre\r\nauthorization: Bearer ${token}\r\n\r\n`);
    const [first] = (await once(socket, 'data')) as [string];
    if (!first.startsWith('HTTP/1.1 200')) throw new Error(first.slice(0, first.indexOf('\r\n')));
    return line;
  }

  close(): void {
    this.#socket.destroy();
  }
}
