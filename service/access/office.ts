import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIPv6 } from 'node:net';
import { YichuangError } from '../../contract/errors.ts';
import { pageSecret } from '../../contract/rpc/session.ts';
import { type EventName, isMethodName, methods } from '../../contract/rpc.ts';
import { type Access, originOf, type RpcCall } from './access.ts';
import { equal } from './admission.ts';
import { readCookies } from './cookies.ts';
import { LoginLimiter } from './loginLimiter.ts';

/** Answered before anybody signed in. */
const OPEN_METHODS: readonly string[] = ['session.hello', 'session.login', 'catalogue.items'];
/** What a browser opens itself; files of a page come with the cookie it brought. */
const PAGES: readonly string[] = ['/', '/index.html'];
const LOGIN_FAILURES: readonly string[] = ['login-failed', 'login-locked'];

export interface OfficeAccessOptions {
  /** Host names and addresses under which browsers may call this server. */
  names: readonly string[];
  port: () => number;
  isSecure: boolean;
  /** Signs cookies; the same after a restart, so that open pages go on. */
  cookieKey: Uint8Array;
  isSignedIn: (connection: string) => boolean;
  now: () => number;
}

/**
 * The browsers of the hall's network. There is no token: whoever opens the page may try to sign in, and nothing else is
 * answered before. A browser gets a signed cookie with its first page; cookie and page secret together name a connection.
 */
export class OfficeAccess implements Access {
  readonly returnMs = 60_000;
  readonly maxSockets = { total: 300, perAddress: 60 };
  readonly pageHeaders = {
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=()',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Frame-Options': 'DENY',
  };
  readonly #options: OfficeAccessOptions;
  readonly #names: ReadonlySet<string>;
  readonly #limiter: LoginLimiter;
  readonly #cookie: string;

  constructor(options: OfficeAccessOptions) {
    this.#options = options;
    this.#names = new Set(options.names.map((name) => hostName(name)));
    this.#limiter = new LoginLimiter(options.now);
    // The prefix binds the cookie to this very host and to TLS; browsers refuse it otherwise.
    this.#cookie = options.isSecure ? '__Host-yichuang-office' : 'yichuang-office';
  }

  isOurHost(incoming: IncomingMessage): boolean {
    const origin = originOf(incoming, this.#scheme);
    if (!origin || !this.#names.has(origin.hostname)) return false;
    return Number(origin.port || (this.#options.isSecure ? 443 : 80)) === this.#options.port();
  }

  /** Browsers always say where a socket is opened from; who does not is none. */
  isOurOrigin(incoming: IncomingMessage): boolean {
    const { origin } = incoming.headers;
    return origin !== undefined && origin === originOf(incoming, this.#scheme)?.origin;
  }

  serve(incoming: IncomingMessage, response: ServerResponse): boolean {
    if (PAGES.includes(incoming.url ?? '') && this.#browserOf(incoming) === null) {
      const browser = randomBytes(18).toString('base64url');
      const secure = this.#options.isSecure ? '; Secure' : '';
      const value = `${browser}.${this.#sign(browser)}`;
      response.setHeader('Set-Cookie', `${this.#cookie}=${value}; HttpOnly; SameSite=Strict; Path=/${secure}`);
    }
    return false;
  }

  nameConnection(incoming: IncomingMessage, hello: Readonly<Record<string, unknown>>): string | null {
    const browser = this.#browserOf(incoming);
    const page = pageSecret.safeParse(hello.page);
    if (browser === null || !page.success) return null;
    return `web-${createHash('sha256').update(`${browser}.${page.data}`).digest('hex').slice(0, 40)}`;
  }

  async around({ connection, address, method }: RpcCall, run: () => Promise<unknown>): Promise<unknown> {
    const asksForClerk = isMethodName(method) && methods[method].signedIn;
    // A method that asks for a clerk is refused by the service, which knows why there is none.
    if (!OPEN_METHODS.includes(method) && !asksForClerk && !this.#options.isSignedIn(connection))
      throw new YichuangError('not-signed-in');
    if (method !== 'session.login') return run();
    return this.#limiter.guard(
      networkOf(address),
      run,
      (error) => error instanceof YichuangError && LOGIN_FAILURES.includes(error.code),
    );
  }

  mayHear(connection: string, event: EventName): boolean {
    return event === 'session.ended' || this.#options.isSignedIn(connection);
  }

  get #scheme(): 'http' | 'https' {
    return this.#options.isSecure ? 'https' : 'http';
  }

  #browserOf(incoming: IncomingMessage): string | null {
    for (const value of readCookies(incoming, this.#cookie)) {
      const [browser = '', signature = ''] = value.split('.');
      if (equal(signature, this.#sign(browser))) return browser;
    }
    return null;
  }

  #sign(browser: string): string {
    return createHmac('sha256', this.#options.cookieKey).update(browser).digest('base64url');
  }
}

/** As `URL` writes it: lower case, IPv6 in brackets. */
function hostName(name: string): string {
  return URL.parse(`http://${isIPv6(name) ? `[${name}]` : name}`)?.hostname ?? name;
}

/** One machine may have every IPv6 address of a /64. */
function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:/, '');
  return isIPv6(plain) ? plain.split(':').slice(0, 4).join(':') : plain;
}
