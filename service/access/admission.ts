import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readCookies } from './cookies.ts';

/**
 * Lets one browser of this machine in: the printed address works once, and leaves a cookie that scripts cannot read. Who
 * finds the address later, in a history or over a shoulder, finds it used.
 */
export class Admission {
  #once: string | null = secret();
  readonly #pass = secret();

  /** The path to open; used up by its first visitor. */
  readonly path = `/enter/${this.#once}`;

  /** @returns true when the request was for the entrance and is answered */
  serve(incoming: IncomingMessage, response: ServerResponse): boolean {
    const path = incoming.url ?? '';
    if (!path.startsWith('/enter/')) return false;
    if (this.#once === null || !equal(path.slice('/enter/'.length), this.#once)) {
      response
        .writeHead(410, { 'Content-Type': 'text/plain; charset=utf-8' })
        .end('这个地址已经用过，请重新启动程序取得新的地址。');
      return true;
    }
    this.#once = null;
    response
      .writeHead(302, {
        Location: '/',
        'Set-Cookie': `${cookieName(incoming)}=${this.#pass}; HttpOnly; SameSite=Strict; Path=/`,
        'Cache-Control': 'no-store',
      })
      .end();
    return true;
  }

  isAdmitted(incoming: IncomingMessage): boolean {
    return readCookies(incoming, cookieName(incoming)).some((each) => equal(each, this.#pass));
  }
}

/** Cookies know no ports: of two programs on this machine, a window and a kiosk, each has one of its own. */
function cookieName({ socket }: IncomingMessage): string {
  return `yichuang-${socket.localPort}`;
}

export function equal(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function secret(): string {
  return randomBytes(24).toString('base64url');
}
