import { readFileSync } from 'node:fs';
import { areOpeningSpans, parseOpeningHours } from '../domain/clock/openingHours.ts';
import type { BackupOptions } from './commandBackup.ts';
import type { Beside } from './commandBeside.ts';
import type { TlsOptions } from './commandTls.ts';
import type { CentreOptions, GatewayOptions } from './options.ts';
import type { DatabaseAddress } from './store/postgres/address.ts';

/** What `yichuang centre` was told, and what that means. */

export interface RunCentreOptions extends TlsOptions, BackupOptions {
  data: string;
  /** A PostgreSQL that holds the ops. */
  database?: DatabaseAddress | undefined;
  port?: number | undefined;
  host?: string | undefined;
  hall?: string | undefined;
  /** Milliseconds since 1970, UTC; this machine's clock when left out. */
  now?: (() => number) | undefined;
  /** When the hall is open, such as `08:30-11:30`; the usual hours when left out. */
  hours?: string[] | undefined;
  /** Address of the payment channel, and the file of the key shared with it. */
  gateway?: string | undefined;
  gatewayKey?: string | undefined;
  /** The hub of a hall: `upstream` is the centre's address, the code that of `yichuang enrol --relay`. */
  relay?: boolean | undefined;
  upstream?: string | undefined;
  relayCode?: string | undefined;
  relayName?: string | undefined;
  /** The other hub of the hall: one begins as its standby, and one as the active. */
  follow?: string | undefined;
  peer?: string | undefined;
  /** Address under which the channel reaches this centre. */
  notify?: string | undefined;
  /** Of the program; said in its figures. */
  version?: string | undefined;
  metricsPort?: number | undefined;
  /** File that holds the token with which `/metrics` is answered where everything else is. */
  metricsToken?: string | undefined;
  /** Port of the page on which phones rate, where it is served, and how phones reach it. */
  ratingPort?: number | undefined;
  ratingHost?: string | undefined;
  ratingUrl?: string | undefined;
  /** What is to run beside it; its addresses stand in the ready line. It is stopped first. */
  beside?: Beside | undefined;
}

/** @throws Error that says how spans are written */
export function readHours(hours: readonly string[] | undefined): CentreOptions['hours'] {
  if (hours === undefined) return undefined;
  if (!areOpeningSpans(hours))
    throw new Error(`--hours: expected spans in their order, such as 08:30-11:30 13:00-16:30, not ${hours.join(' ')}`);
  return parseOpeningHours({ usual: hours });
}

/** @throws Error when a hub has no centre, or would hold money itself */
export function readRelay({
  relay,
  upstream,
  relayCode,
  relayName,
  gateway,
  follow,
  peer,
}: RunOthers): CentreOptions['relay'] {
  if (relay !== true && upstream === undefined && (relayCode === undefined || (follow ?? peer) !== undefined))
    return undefined;
  if (relay !== true || upstream === undefined) throw new Error('--relay and --upstream belong together');
  if (!/^https?:\/\//.test(upstream)) throw new Error('--upstream: expected an address such as http://10.0.0.2:7400');
  if (gateway !== undefined) throw new Error('--gateway: the payment channel belongs to the centre, not to a hub');
  return { upstream, code: relayCode, name: relayName };
}

/** @throws Error when the file of the token cannot be read, or holds too short a one */
export function readMetrics({ version = '', metricsPort, metricsToken }: RunOthers): CentreOptions['metrics'] {
  if (metricsPort === undefined && metricsToken === undefined) return undefined;
  const token = metricsToken === undefined ? undefined : readFileSync(metricsToken, 'utf8').trim();
  if (token !== undefined && token.length < 16)
    throw new Error('--metrics-token: the file holds at least 16 characters');
  return { version, port: metricsPort, token };
}

/** @throws Error when an address is given and no page is served, or it is none */
export function readRating({ ratingPort: port, ratingHost: host = '0.0.0.0', ratingUrl: url }: RunOthers) {
  if (port === undefined && url !== undefined) throw new Error('--rating-url belongs to --rating-port');
  if (url !== undefined && !/^https?:\/\/[^/]+\/?$/.test(url))
    throw new Error('--rating-url: expected an address such as http://10.0.0.5:7480');
  return port === undefined ? undefined : { host, port, url };
}

/** @throws Error when both are given, or the other hub is the centre */
export function readPeer({ follow, peer, upstream, relayCode, relayName }: RunOthers): CentreOptions['peer'] {
  const url = follow ?? peer;
  if (url === undefined) return undefined;
  if (follow !== undefined && peer !== undefined) throw new Error('--follow and --peer: one of them');
  if (!/^https?:\/\//.test(url)) throw new Error('--follow, --peer: expected an address such as http://10.0.0.6:7400');
  if (url === upstream) throw new Error('--follow, --peer: the other hub of the hall, not the centre');
  return { url, startsAs: follow === undefined ? 'active' : 'standby', code: relayCode, name: relayName };
}

type RunOthers = Omit<RunCentreOptions, 'data' | 'database' | 'port' | 'host' | 'hall' | 'beside'>;

/** @throws Error when only one of the two is given, or the key is too short */
export function readGateway({
  gateway: url,
  gatewayKey,
  notify,
}: Pick<RunCentreOptions, 'gateway' | 'gatewayKey' | 'notify'>): GatewayOptions | undefined {
  if (url === undefined && gatewayKey === undefined) return undefined;
  if (url === undefined || gatewayKey === undefined) throw new Error('--gateway and --gateway-key belong together');
  return { url, key: readGatewayKey(gatewayKey), notifyBase: notify };
}

/**
 * The key shared with a payment channel, from a file only its owner may read.
 * @throws Error when it is shorter than 32 characters
 */
export function readGatewayKey(file: string): string {
  const key = readFileSync(file, 'utf8').trim();
  if (key.length < 32) throw new Error(`${file}: a key has at least 32 characters`);
  return key;
}
