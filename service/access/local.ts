import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Access, RpcCall } from './access.ts';
import { Admission, equal } from './admission.ts';

/** Programs of this machine that know the token, and one browser of it that came in by the printed address. */
export class LocalAccess implements Access {
  readonly returnMs = 0;
  readonly maxSockets = { total: 200, perAddress: 200 };
  readonly pageHeaders = {};
  readonly #admission = new Admission();
  readonly #token: string;
  readonly #port: () => number;

  /** @param token carried by the first message of every program that connects */
  constructor({ token, port }: { token: string; port: () => number }) {
    this.#token = token;
    this.#port = port;
  }

  /** Path of the address for one browser; it works once. */
  get entrance(): string {
    return this.#admission.path;
  }

  isOurHost(incoming: IncomingMessage): boolean {
    return incoming.headers.host === `127.0.0.1:${this.#port()}`;
  }

  /** A program sends none. */
  isOurOrigin({ headers: { origin } }: IncomingMessage): boolean {
    return !origin || origin === `http://127.0.0.1:${this.#port()}`;
  }

  serve(incoming: IncomingMessage, response: ServerResponse): boolean {
    return this.#admission.serve(incoming, response);
  }

  /** Random: a name that came again after a restart would inherit the session of another page. */
  nameConnection(incoming: IncomingMessage, { token }: Readonly<Record<string, unknown>>): string | null {
    const isKnown = this.#admission.isAdmitted(incoming) || (typeof token === 'string' && equal(token, this.#token));
    return isKnown ? `ws-${randomUUID()}` : null;
  }

  around(_call: RpcCall, run: () => Promise<unknown>): Promise<unknown> {
    return run();
  }

  mayHear(): boolean {
    return true;
  }
}
