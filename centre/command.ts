import { readFileSync } from 'node:fs';
import { v7 as uuidv7 } from 'uuid';
import type { BlanksRequest } from '../contract/blanks.ts';
import { parseOpeningHours } from '../domain/clock/openingHours.ts';
import { hallDay } from '../domain/time/hallTime.ts';
import { type BackupOptions, readBackup } from './commandBackup.ts';
import { type Beside, ownUrlOf, serveWithDoorInside } from './commandBeside.ts';
import { readTlsOptions, type TlsOptions } from './commandTls.ts';
import { type Compacted, compactHall } from './compact.ts';
import { assertHall, createEnrolmentCode, type EnrolmentOrder } from './enrolment.ts';
import { WorkingLedger } from './ledger/workingLedger.ts';
import { createLogger } from './logger.ts';
import { moveBlanks } from './office/moveBlanks.ts';
import { takeOwnOp } from './office/ownOp.ts';
import type { CentreOptions, GatewayOptions } from './options.ts';
import { publishCalendar, publishCatalogue, readPublications } from './publish.ts';
import { readAppointmentFile } from './queue/appointmentFile.ts';
import { type BookVerdict, bookAppointments, createBookingKey } from './queue/appointments.ts';
import { type StaffChange, upsertStaff } from './staff.ts';
import { startCentre } from './start.ts';
import { type CentreData, openStore } from './store/openStore.ts';
import type { DatabaseAddress } from './store/postgres/address.ts';
import type { CentreStore } from './store/types.ts';

/** The pieces of the `yichuang centre` commands (design.md §9). */

/** Where the data of a centre are; a folder alone: in its SQLite file. */
type Where = string | CentreData;

/** Held on the disk of a centre or hub that serves. */
const RESERVE_BYTES = 256 * 1024 * 1024;

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
  /** What is to run beside it; its addresses stand in the ready line. It is stopped first. */
  beside?: Beside | undefined;
}

/**
 * Serves until SIGTERM or SIGINT, then closes cleanly and resolves. One JSON line on stdout when serving, logs on
 * stderr.
 */
export async function runCentre({
  data,
  database,
  port,
  host,
  hall,
  hours,
  now,
  beside,
  ...others
}: RunCentreOptions): Promise<void> {
  if (database && others.relay) throw new Error('--relay: a hub keeps its data in its own folder, not in PostgreSQL');
  const logger = createLogger('info');
  const stopped = new Promise<NodeJS.Signals>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(signal));
  });
  const { tls, connect, outgoing } = readTlsOptions(others);
  const door = tls && beside ? serveWithDoorInside(host, port) : null;
  const centre = await startCentre({
    dataDir: data,
    database,
    ...{ tls, connect, outgoing },
    ...(door && { serve: door.serve }),
    port,
    host,
    hall,
    hours: hours && parseOpeningHours({ usual: hours }),
    now,
    gateway: readGateway(others),
    relay: readRelay(others),
    peer: readPeer(others),
    reserveBytes: RESERVE_BYTES,
    backup: readBackup(others, { data, isRelay: others.relay === true, isOnServer: database !== undefined }, logger),
    version: others.version,
    metrics: readMetrics(others),
    logger,
  });
  let companion: Awaited<ReturnType<Beside>> | undefined;
  try {
    companion = await beside?.({ ...centre, ownUrl: door?.url() ?? ownUrlOf(centre) });
    const metrics = centre.metricsUrl === null ? {} : { metrics: centre.metricsUrl };
    process.stdout.write(`${JSON.stringify({ ready: true, url: centre.url, ...metrics, ...companion?.addresses })}\n`);
    logger.info({ signal: await stopped }, 'closing');
  } finally {
    await companion?.stop();
    await centre.close();
  }
}

/** @throws Error when a hub has no centre, or would hold money itself */
function readRelay({
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
function readMetrics({ version = '', metricsPort, metricsToken }: RunOthers): CentreOptions['metrics'] {
  if (metricsPort === undefined && metricsToken === undefined) return undefined;
  const token = metricsToken === undefined ? undefined : readFileSync(metricsToken, 'utf8').trim();
  if (token !== undefined && token.length < 16)
    throw new Error('--metrics-token: the file holds at least 16 characters');
  return { version, port: metricsPort, token };
}

/** @throws Error when both are given, or the other hub is the centre */
function readPeer({ follow, peer, upstream, relayCode, relayName }: RunOthers): CentreOptions['peer'] {
  const url = follow ?? peer;
  if (url === undefined) return undefined;
  if (follow !== undefined && peer !== undefined) throw new Error('--follow and --peer: one of them');
  if (!/^https?:\/\//.test(url)) throw new Error('--follow, --peer: expected an address such as http://10.0.0.6:7400');
  if (url === upstream) throw new Error('--follow, --peer: the other hub of the hall, not the centre');
  return { url, startsAs: follow === undefined ? 'active' : 'standby', code: relayCode, name: relayName };
}

type RunOthers = Omit<RunCentreOptions, 'data' | 'database' | 'port' | 'host' | 'hall' | 'beside'>;

/** @throws Error when only one of the two is given, or the key is too short */
function readGateway({
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

/** Works beside a running centre on the same data directory. @returns the code, shown once */
export function createEnrolmentCodeOffline(
  where: Where,
  { hall = 'main', ...order }: Omit<EnrolmentOrder, 'hall'> & { hall?: string },
): Promise<string> {
  return withStore(where, (store) => createEnrolmentCode(store, { ...order, hall }, Date.now));
}

/** Works beside a running centre on the same data directory: its live lines hear of it within a second. */
export async function upsertStaffOffline(
  where: Where,
  { hall = 'main', ...change }: StaffChange & { hall?: string },
): Promise<void> {
  assertHall(hall);
  await withStore(where, (store) => upsertStaff(store, hall, change, Date.now));
}

/**
 * Works beside a running centre. @returns the version published
 * @throws PublicationError
 */
export async function publishCatalogueOffline(where: Where, value: unknown): Promise<string> {
  await withStore(where, (store) => publishCatalogue(store, value, Date.now));
  return (await readPublicationsOffline(where)).catalogue.version;
}

/**
 * Works beside a running centre. @returns the years published
 * @throws PublicationError
 */
export async function publishCalendarOffline(where: Where, value: unknown): Promise<number[]> {
  await withStore(where, (store) => publishCalendar(store, value, Date.now));
  return (await readPublicationsOffline(where)).calendar.years.map(({ year }) => year);
}

export function readPublicationsOffline(where: Where): ReturnType<typeof readPublications> {
  return withStore(where, readPublications);
}

/**
 * Moves blanks as a person at that terminal would; works beside a running centre.
 * @throws Error with the code of the refusal
 */
export async function moveBlanksOffline(
  where: Where,
  terminal: string,
  { hall = 'main', ...request }: BlanksRequest & { hall?: string },
): Promise<void> {
  const verdict = await withStore(where, (store) => moveBlanks(store, { hall, terminal }, request, Date.now()));
  if (verdict.kind === 'refused') throw new Error(verdict.code);
}

/**
 * Takes in a file of JSON lines, all or none; works beside a running centre, or the hub of the hall where it has one.
 * @throws Error when the file cannot be read
 */
export function importAppointmentsOffline(where: Where, hall: string, file: string): Promise<BookVerdict> {
  assertHall(hall);
  const rows = readAppointmentFile(file);
  return withAnyStore(where, (store) => bookAppointments(store, hall, rows, 'system', Date.now()));
}

/** Works beside a running centre or hub; the key before is worth nothing any more. @returns the key, shown once */
export function createBookingKeyOffline(where: Where, hall: string): Promise<string> {
  return withAnyStore(where, (store) => createBookingKey(store, hall, Date.now()));
}

/** Numbers are given for the rest of this day, whatever the hour: for demonstrations. Works beside a running centre. */
export async function openIssuingOffline(
  where: Where,
  { hall, actor, reason }: { hall: string; actor: string; reason: string },
): Promise<void> {
  const refused = await withAnyStore(where, (store) =>
    store.write<string | null>([], (known) => {
      const ledger = new WorkingLedger(known);
      const elsewhere = ledger.hall.whyNotHere(hall);
      if (elsewhere !== null) return { decision: ledger.decision(), value: elsewhere };
      const now = Date.now();
      const stream = `issue:${known.hall.stopsOf(hall)?.id ?? uuidv7()}`;
      const stop = { queue: 'all', reason, force: 'open' } as const;
      const body = { day: hallDay(now), at: new Date(now).toISOString(), queue: 'all', stop } as const;
      const code = takeOwnOp(ledger, store.self, { hall, kind: 'issue.changed', stream, actor, body }, now);
      return { decision: ledger.decision(), value: code };
    }),
  );
  if (refused !== null) throw new Error(refused);
}

/**
 * Works beside a running centre or hub.
 * @param day local day, ISO
 * @throws Error when it is none, or not over
 */
export function compactHallOffline(where: Where, hall: string, day: string): Promise<Compacted> {
  assertHall(hall);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(day)) || day > hallDay(Date.now()))
    throw new Error('--before: expected a day that has come, such as 2026-08-27');
  return withAnyStore(where, (store) => compactHall(store, hall, day));
}

function withStore<T>(where: Where, use: (store: CentreStore) => Promise<T>): Promise<T> {
  return withAnyStore(where, (store) => {
    if (store.upstream()) throw new Error('these are the data of a hub: this is done at the centre');
    return use(store);
  });
}

/** Of a centre or a hub: what is the hall's own is done where the hall decides. */
async function withAnyStore<T>(where: Where, use: (store: CentreStore) => Promise<T>): Promise<T> {
  const store = openStore(typeof where === 'string' ? { dataDir: where } : where);
  try {
    return await use(store);
  } finally {
    store.close();
  }
}
