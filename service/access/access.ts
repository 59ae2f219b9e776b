import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EventName } from '../../contract/rpc.ts';

export interface RpcCall {
  connection: string;
  /** Network address of the caller. */
  address: string;
  method: string;
}

/** Who may come in by the RPC server: programs and one browser of this machine, or the browsers of the hall's network. */
export interface Access {
  /** How long a page whose line broke may come back and find its session, ms. 0: a broken line ends it. */
  readonly returnMs: number;
  /** Open sockets, those that have not said hello included. */
  readonly maxSockets: { total: number; perAddress: number };
  /** Added to those that every page has. */
  readonly pageHeaders: Readonly<Record<string, string>>;
  /** False: answered with 421. A page of elsewhere that points its own name here is not served. */
  isOurHost(incoming: IncomingMessage): boolean;
  /** Of a socket that is to be opened; false: 403. */
  isOurOrigin(incoming: IncomingMessage): boolean;
  /** Before a file is served; may set headers. @returns true when the request is answered */
  serve(incoming: IncomingMessage, response: ServerResponse): boolean;
  /**
   * Of a connection that says `session.hello` with these parameters.
   * @returns null for one to be closed unanswered
   */
  nameConnection(incoming: IncomingMessage, hello: Readonly<Record<string, unknown>>): string | null;
  /** Runs a call, or refuses it. @throws YichuangError */
  around(call: RpcCall, run: () => Promise<unknown>): Promise<unknown>;
  mayHear(connection: string, event: EventName): boolean;
}

/** @returns `https://host:port` of the request's own Host header, or null when it has none that is one */
export function originOf(incoming: IncomingMessage, scheme: 'http' | 'https'): URL | null {
  const { host } = incoming.headers;
  if (host === undefined || !/^[\w.:[\]-]{1,260}$/.test(host)) return null;
  return URL.parse(`${scheme}://${host}`);
}
