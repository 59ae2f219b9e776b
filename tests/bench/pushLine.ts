import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/**
 * One keep-alive connection that posts ready-made requests, one after the other. As little client as there can be: it
 * shares the machine's cores with the server it measures.
 */
export class PushLine {
  readonly #socket: Socket;
  #received = '';
  #waiting: { resolve: () => void; reject: (error: Error) => void } | null = null;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => this.#read(chunk));
    socket.on('close', () => this.#waiting?.reject(new Error('the server closed the line')));
    socket.on('error', (error) => this.#waiting?.reject(error));
  }

  static async open(url: string): Promise<PushLine> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    return new PushLine(socket);
  }

  /** @throws Error for any answer but 200 */
  post(request: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#waiting = null;
    this.#socket.destroy();
  }

  #read(chunk: string): void {
    this.#received += chunk;
    const end = this.#received.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = /\r\ncontent-length: (\d+)/i.exec(this.#received)?.[1];
    if (length === undefined || this.#received.length < end + 4 + Number(length)) return;
    const isGood = this.#received.startsWith('HTTP/1.1 200');
    const waiting = this.#waiting;
    const line = this.#received.slice(0, this.#received.indexOf('\r\n'));
    this.#received = '';
    this.#waiting = null;
    if (isGood) waiting?.resolve();
    else waiting?.reject(new Error(line));
  }
}

/** A whole request, ready to be written. */
export function pushRequest(pathname: string, body: Buffer, headers: Readonly<Record<string, string>>): Buffer {
  const lines = Object.entries({ host: 'centre', 'content-type': 'application/json', ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  const head = `POST ${pathname} HTTP/1.1\r\n${lines.join('')}content-length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}
