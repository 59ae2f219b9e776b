import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { YichuangError } from '../../contract/errors.ts';
import type { EventName } from '../../contract/rpc.ts';
import { type Access, originOf, type RpcCall } from './access.ts';

/** Begins the name of every connection of a TV. */
export const TV_CONNECTION = 'tv-';
/** All that a screen on a wall asks; none of it names a person, a case or an address. */
const OPEN_METHODS: readonly string[] = ['session.hello', 'screen.state', 'events.subscribe', 'sync.status'];
const HEARD: readonly EventName[] = ['queue.changed', 'sync.changed'];
/** What a person types, and the page it means. */
const PAGE = '/index.html';
const PATHS: readonly string[] = ['/screen', '/screen/'];

/**
 * Anybody in the hall: what everybody in it may read from the wall. There is no sign-in, no cookie, no session and nothing
 * to be changed, so that a TV of any age may come in by any name, by TLS or plainly; and nothing else is answered here.
 */
export class ScreenAccess implements Access {
  readonly #scheme: 'http' | 'https';
  readonly returnMs = 0;
  readonly maxSockets = { total: 400, perAddress: 400 };
  readonly pageHeaders = {
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=()',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Frame-Options': 'DENY',
  };

  constructor({ isSecure }: { isSecure: boolean }) {
    this.#scheme = isSecure ? 'https' : 'http';
  }

  /** A name of ours or of somebody else's that points here: what is shown is public. */
  isOurHost(incoming: IncomingMessage): boolean {
    return originOf(incoming, this.#scheme) !== null;
  }

  /** A page of elsewhere is not served: it would be made to look like ours. Programs send none and are welcome. */
  isOurOrigin(incoming: IncomingMessage): boolean {
    const { origin } = incoming.headers;
    return origin === undefined || origin === originOf(incoming, this.#scheme)?.origin;
  }

  serve(incoming: IncomingMessage, response: ServerResponse): boolean {
    const [path = '', query] = (incoming.url ?? '').split('?', 2);
    if (path === '/') {
      response.writeHead(302, { Location: `/screen${query === undefined ? '' : `?${query}`}` }).end();
      return true;
    }
    if (PATHS.includes(path)) incoming.url = PAGE;
    return false;
  }

  nameConnection(): string {
    return `${TV_CONNECTION}${randomUUID()}`;
  }

  async around({ method }: RpcCall, run: () => Promise<unknown>): Promise<unknown> {
    if (!OPEN_METHODS.includes(method)) throw new YichuangError('forbidden');
    return run();
  }

  mayHear(_connection: string, event: EventName): boolean {
    return HEARD.includes(event);
  }
}
