import { v7 as uuidv7 } from 'uuid';
import type { BlanksRequest } from '../contract/blanks.ts';
import { hallDay } from '../domain/time/hallTime.ts';
import { readBackup } from './commandBackup.ts';
import { type Beside, ownUrlOf, serveWithDoorInside } from './commandBeside.ts';
import {
  type RunCentreOptions,
  readGateway,
  readHours,
  readMetrics,
  readPeer,
  readRating,
  readRelay,
} from './commandOptions.ts';
import { readTlsOptions } from './commandTls.ts';
import { type Compacted, compactHall } from './compact.ts';
import { assertHall, createEnrolmentCode, type EnrolmentOrder } from './enrolment.ts';
import { WorkingLedger } from './ledger/workingLedger.ts';
import { createLogger } from './logger.ts';
import { moveBlanks } from './office/moveBlanks.ts';
import { takeOwnOp } from './office/ownOp.ts';
import { publishCalendar, publishCatalogue, readPublications } from './publish.ts';
import { createBookingKey } from './queue/appointments.ts';
import { type ImportVerdict, importAppointments } from './queue/importAppointments.ts';
import { type StaffChange, upsertStaff } from './staff.ts';
import { startCentre } from './start.ts';
import { type DataPlace, withStoreBeside } from './store/openBeside.ts';
import type { CentreStore } from './store/types.ts';

/** The pieces of the `yichuang centre` commands (design.md §9). */

/** Held on the disk of a centre or hub that serves. */
const RESERVE_BYTES = 256 * 1024 * 1024;

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
    hours: readHours(hours),
    now,
    gateway: readGateway(others),
    relay: readRelay(others),
    peer: readPeer(others),
    rating: readRating(others),
    reserveBytes: RESERVE_BYTES,
    checkpointsAside: true,
    backup: readBackup(others, { data, isRelay: others.relay === true, isOnServer: database !== undefined }, logger),
    version: others.version,
    metrics: readMetrics(others),
    logger,
  });
  let companion: Awaited<ReturnType<Beside>> | undefined;
  try {
    companion = await beside?.({ ...centre, ownUrl: door?.url() ?? ownUrlOf(centre) });
    const metrics = centre.metricsUrl === null ? {} : { metrics: centre.metricsUrl };
    const rating = centre.ratingUrl === null ? {} : { rating: centre.ratingUrl };
    const ready = { ready: true, url: centre.url, ...metrics, ...rating, ...companion?.addresses };
    process.stdout.write(`${JSON.stringify(ready)}\n`);
    logger.info({ signal: await stopped }, 'closing');
  } finally {
    await companion?.stop();
    await centre.close();
  }
}

/** Works beside a running centre on the same data directory. @returns the code, shown once */
export function createEnrolmentCodeOffline(
  where: DataPlace,
  { hall = 'main', ...order }: Omit<EnrolmentOrder, 'hall'> & { hall?: string },
): Promise<string> {
  return withStore(where, (store) => createEnrolmentCode(store, { ...order, hall }, Date.now));
}

/** Works beside a running centre on the same data directory: its live lines hear of it within a second. */
export async function upsertStaffOffline(
  where: DataPlace,
  { hall = 'main', ...change }: StaffChange & { hall?: string },
): Promise<void> {
  assertHall(hall);
  await withStore(where, (store) => upsertStaff(store, hall, change, Date.now));
}

/**
 * Works beside a running centre. @returns the version published
 * @throws PublicationError
 */
export async function publishCatalogueOffline(where: DataPlace, value: unknown): Promise<string> {
  await withStore(where, (store) => publishCatalogue(store, value, Date.now));
  return (await readPublicationsOffline(where)).catalogue.version;
}

/**
 * Works beside a running centre. @returns the years published
 * @throws PublicationError
 */
export async function publishCalendarOffline(where: DataPlace, value: unknown): Promise<number[]> {
  await withStore(where, (store) => publishCalendar(store, value, Date.now));
  return (await readPublicationsOffline(where)).calendar.years.map(({ year }) => year);
}

export function readPublicationsOffline(where: DataPlace): ReturnType<typeof readPublications> {
  return withStore(where, readPublications);
}

/**
 * Moves blanks as a person at that terminal would; works beside a running centre.
 * @throws Error with the code of the refusal
 */
export async function moveBlanksOffline(
  where: DataPlace,
  terminal: string,
  { hall = 'main', ...request }: BlanksRequest & { hall?: string },
): Promise<void> {
  const verdict = await withStore(where, (store) => moveBlanks(store, { hall, terminal }, request, Date.now()));
  if (verdict.kind === 'refused') throw new Error(verdict.code);
}

/**
 * Takes in a file of JSON lines or a table, all or none, or each for itself; works beside a running centre, or the hub of the hall where it has one.
 * @throws Error when the file cannot be read
 */
export function importAppointmentsOffline(
  where: DataPlace,
  hall: string,
  source: { file: string; each?: boolean },
): Promise<ImportVerdict> {
  assertHall(hall);
  return withStoreBeside(where, (store) => importAppointments(store, hall, source, Date.now()));
}

/** Works beside a running centre or hub; the key before is worth nothing any more. @returns the key, shown once */
export function createBookingKeyOffline(where: DataPlace, hall: string): Promise<string> {
  return withStoreBeside(where, (store) => createBookingKey(store, hall, Date.now()));
}

/** Numbers are given for the rest of this day, whatever the hour: for demonstrations. Works beside a running centre. */
export async function openIssuingOffline(
  where: DataPlace,
  { hall, actor, reason }: { hall: string; actor: string; reason: string },
): Promise<void> {
  const refused = await withStoreBeside(where, (store) =>
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
export function compactHallOffline(where: DataPlace, hall: string, day: string): Promise<Compacted> {
  assertHall(hall);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(day)) || day > hallDay(Date.now()))
    throw new Error('--before: expected a day that has come, such as 2026-08-27');
  return withStoreBeside(where, (store) => compactHall(store, hall, day));
}

function withStore<T>(where: DataPlace, use: (store: CentreStore) => Promise<T>): Promise<T> {
  return withStoreBeside(where, (store) => {
    if (store.upstream()) throw new Error('these are the data of a hub: this is done at the centre');
    return use(store);
  });
}
