import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { CancelRequest, RowProblem } from '../../contract/appointments.ts';
import { opBodies } from '../../contract/ops.ts';
import { blockedUntil } from '../../domain/appointment/noShows.ts';
import type { AppointmentBooked, AppointmentRecord } from '../../domain/appointment/types.ts';
import { findItem } from '../../domain/catalogue/catalogue.ts';
import { canonicalJson } from '../../domain/ledger/canonical.ts';
import { hallDay, hallDayOf } from '../../domain/time/hallTime.ts';
import { secretHash } from '../digest.ts';
import { assertHall } from '../enrolment.ts';
import type { Published } from '../ingest.ts';
import { WorkingLedger } from '../ledger/workingLedger.ts';
import { takeOwnOp } from '../office/ownOp.ts';
import { catalogueOf } from '../publish.ts';
import type { CentreStore } from '../store/types.ts';

const HOUR_MS = 3_600_000;

/** One row of what was sent; `undefined` for a line that is no JSON. */
export interface SentRow {
  line: number;
  value: unknown;
}

export type BookVerdict =
  | { kind: 'done'; booked: number; known: number; wrong: RowProblem[]; published: readonly Published[] }
  | { kind: 'refused'; rows: RowProblem[] }
  /** The queue of the hall is not decided in these data. */
  | { kind: 'elsewhere'; code: 'not-active' | 'queue-at-hub' };

/**
 * Takes in appointments, all or none, or each for itself; a row that is known word for word changes nothing.
 * @param by `actor`: `system`, or `booking` for what a booking system sends. `each`: wrong rows keep no other out
 * @param now milliseconds since 1970, UTC
 * @throws StoreBusyError when it should be tried again later
 */
export function bookAppointments(
  store: CentreStore,
  hall: string,
  rows: readonly SentRow[],
  { actor, each }: { actor: string; each: boolean },
  now: number,
): Promise<BookVerdict> {
  return store.write<BookVerdict>([], (known) => {
    const ledger = new WorkingLedger(known);
    const elsewhere = ledger.hall.whyNotHere(hall);
    if (elsewhere !== null) return { decision: ledger.decision(), value: { kind: 'elsewhere', code: elsewhere } };
    const codes = new Set<string>();
    const problems: RowProblem[] = [];
    let booked = 0;
    for (const { line, value } of rows) {
      const parsed = opBodies['appointment.booked'].safeParse(value);
      if (!parsed.success) {
        const where = parsed.error.issues[0]?.path.join('.');
        problems.push({ line, problem: 'bad-row', ...(where && { where }) });
        continue;
      }
      const body: AppointmentBooked = parsed.data;
      const before = ledger.hall.findAppointment(hall, body.code);
      const problem = codes.has(body.code) ? 'code-twice' : findProblem(ledger, hall, body, before, now);
      codes.add(body.code);
      if (problem !== null) problems.push({ line, problem });
      if (problem !== null || before) continue;
      const own = { hall, kind: 'appointment.booked', stream: `appointment:${uuidv7()}`, actor, body } as const;
      const refused = takeOwnOp(ledger, store.self, own, now);
      if (refused !== null) throw new Error(`an appointment was refused: ${refused}`);
      booked += 1;
    }
    if (problems.length > 0 && !each) {
      return { decision: new WorkingLedger(known).decision(), value: { kind: 'refused', rows: problems } };
    }
    const decision = ledger.decision();
    const sound = rows.length - problems.length;
    const done = { kind: 'done', booked, known: sound - booked, wrong: problems, published: decision.scopes } as const;
    return { decision, value: done };
  });
}

function findProblem(
  ledger: WorkingLedger,
  hall: string,
  body: AppointmentBooked,
  before: AppointmentRecord | null,
  now: number,
): RowProblem['problem'] | null {
  if (before) return isSame(before, body) ? null : 'code-taken';
  if (!findItem(body.itemCode, catalogueOf(ledger))) return 'item-unknown';
  const today = hallDay(now);
  if (body.day < today) return 'day-past';
  const { from, to } = body.slot;
  const isHour = Date.parse(to) - Date.parse(from) === HOUR_MS;
  if (!isHour || hallDayOf(from) !== body.day) return 'bad-slot';
  const others = ledger.hall.appointmentsOfPhone(hall, body.phone);
  const isLive = ({ state, day }: AppointmentRecord) => (state === 'booked' || state === 'exchanged') && day >= today;
  if (others.some((other) => other.itemCode === body.itemCode && isLive(other))) return 'booked-already';
  const missed = others.filter(({ state }) => state === 'missed').map(({ day }) => day);
  return blockedUntil(missed, today) === null ? null : 'no-shows';
}

function isSame(record: AppointmentRecord, body: AppointmentBooked): boolean {
  const { id: _id, version: _version, state: _state, bookedAt: _bookedAt, ticketId: _ticket, ...rest } = record;
  const { endedAt: _endedAt, ...booked } = rest;
  return canonicalJson(booked) === canonicalJson(body);
}

export type CancelVerdict = { kind: 'done'; published: readonly Published[] } | { kind: 'refused'; code: string };

/** Called off by who booked it, until the slot starts; again is once. @param now milliseconds since 1970, UTC */
export function cancelAppointment(
  store: CentreStore,
  hall: string,
  { code, reason }: CancelRequest,
  now: number,
): Promise<CancelVerdict> {
  return store.write<CancelVerdict>([], (known) => {
    const ledger = new WorkingLedger(known);
    const record = ledger.hall.findAppointment(hall, code);
    const refused = ledger.hall.whyNotHere(hall) ?? tryCancel(ledger, store.self, hall, record, reason, now);
    if (refused !== null) {
      return { decision: new WorkingLedger(known).decision(), value: { kind: 'refused', code: refused } };
    }
    const decision = ledger.decision();
    return { decision, value: { kind: 'done', published: decision.scopes } };
  });
}

function tryCancel(
  ledger: WorkingLedger,
  self: CentreStore['self'],
  hall: string,
  record: AppointmentRecord | null,
  reason: string,
  now: number,
): string | null {
  if (!record) return 'appointment-not-found';
  if (record.state === 'cancelled') return null;
  const problem = findCancelProblem(record, now);
  if (problem !== null) return problem;
  const body = { at: new Date(now).toISOString(), reason };
  const stream = `appointment:${record.id}`;
  return takeOwnOp(ledger, self, { hall, kind: 'appointment.cancelled', stream, actor: 'booking', body }, now);
}

/** @returns why it cannot be called off any more, or null */
export function findCancelProblem({ state, slot }: AppointmentRecord, now: number): string | null {
  if (state !== 'booked') return 'appointment-ended';
  return Date.parse(slot.from) <= now ? 'appointment-started' : null;
}

/** @returns why nobody can be said to have stayed away yet, or null */
export function findMissProblem({ state, slot }: AppointmentRecord, now: number): string | null {
  if (state !== 'booked') return 'appointment-ended';
  return now < Date.parse(slot.to) ? 'not-yet' : null;
}

/** A new key for the booking system of a hall; the one before is worth nothing any more. @returns the key, shown once */
export async function createBookingKey(store: CentreStore, hall: string, now: number): Promise<string> {
  assertHall(hall);
  const key = randomBytes(32).toString('base64url');
  await store.setBookingKey(hall, secretHash(key), now);
  return key;
}
