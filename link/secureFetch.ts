import { readFileSync } from 'node:fs';
import { Agent, fetch as fetchBy } from 'undici';

/** Files in PEM: whom to trust, and how to show who one is. */
export interface TlsFiles {
  /** The authority that signed the other side's certificate; absent: those the system trusts. */
  ca?: string | undefined;
  cert?: string | undefined;
  key?: string | undefined;
}

/** What those files hold, for `node:https` and everything built on it. */
export interface TlsMaterial {
  ca?: string;
  cert?: string;
  key?: string;
}

/** @throws Error when a file cannot be read, or only one of certificate and key is named */
export function readTls({ ca, cert, key }: TlsFiles): TlsMaterial {
  if ((cert === undefined) !== (key === undefined)) throw new Error('a certificate and its key belong together');
  return {
    ...(ca !== undefined && { ca: readFileSync(ca, 'utf8') }),
    ...(cert !== undefined && { cert: readFileSync(cert, 'utf8') }),
    ...(key !== undefined && { key: readFileSync(key, 'utf8') }),
  };
}

/** `fetch` over connections of its own, that trusts this authority and shows this certificate. TLS 1.2 at least. */
export function ownFetch(tls: TlsMaterial = {}): typeof fetch {
  const dispatcher = new Agent({ connect: { ...tls, minVersion: 'TLSv1.2' } });
  // The package's own, since its agent and the one inside Node need not be of one version; both are the standard's.
  const send = fetchBy as unknown as (input: unknown, init: object) => Promise<Response>;
  return (input, init) => send(input, { ...init, dispatcher });
}
