import { readFileSync } from 'node:fs';
import { connectTls } from '../link/httpLine.ts';
import type { Connect } from '../link/line.ts';
import { readTls, type TlsMaterial } from '../link/secureFetch.ts';
import type { ServerTls } from './http/clientCertificate.ts';

export interface TlsOptions {
  /** PEM files of what this centre or hub shows. */
  tlsCert?: string | undefined;
  tlsKey?: string | undefined;
  /** Every machine must show a certificate that this authority has signed. */
  clientCa?: string | undefined;
  /** Who signed the certificate of the centre above, or of the other hub. */
  upstreamCa?: string | undefined;
}

/** How a hub reaches others: it shows what it shows to its terminals. */
export interface TlsSetting {
  tls: ServerTls | undefined;
  outgoing: TlsMaterial | undefined;
  connect: Connect | undefined;
}

/** @throws Error when a file cannot be read, or something that belongs together does not come together */
export function readTlsOptions({ tlsCert, tlsKey, clientCa, upstreamCa }: TlsOptions): TlsSetting {
  if ((tlsCert === undefined) !== (tlsKey === undefined)) throw new Error('--tls-cert and --tls-key belong together');
  if (clientCa !== undefined && tlsCert === undefined) throw new Error('--client-ca needs --tls-cert and --tls-key');
  const own = readTls({ cert: tlsCert, key: tlsKey });
  const { cert, key } = own;
  const tls = cert && key ? { cert, key, ca: clientCa && readFileSync(clientCa, 'utf8') } : undefined;
  const outgoing = upstreamCa === undefined && !tls ? undefined : { ...own, ...readTls({ ca: upstreamCa }) };
  return { tls, outgoing, connect: outgoing && connectTls(outgoing) };
}
