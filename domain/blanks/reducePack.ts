import { hallDayOf } from '../time/hallTime.ts';
import { BLANK_MOVES } from './moves.ts';
import { formatSerial, LAST_BLANK_NUMBER, splitSerial } from './serial.ts';
import {
  type BlankBodies,
  type BlankCustody,
  type BlankMovement,
  type BlankOpKind,
  type BlankPlace,
  type BlankRefusal,
  type BlankStepped,
  PACK_MAX,
  type PackRecord,
} from './types.ts';

export interface BlankContext {
  id: string;
  actor: string;
  /** ISO instant of the op. */
  at: string;
}

export type BlankChange = { [K in BlankOpKind]: { kind: K; body: BlankBodies[K] } }[BlankOpKind];

/** A pack after one op. A refused op moves nothing, a run moves whole or not at all. */
export function movePack(
  current: PackRecord | null,
  change: BlankChange,
  context: BlankContext,
): BlankStepped<PackRecord> {
  if (change.kind === 'blanks.received') return current ? refused('illegal-transition') : receive(change.body, context);
  if (!current) return refused('blank-unknown');
  const { actor, at } = context;
  const { first, count } = rangeOf(change);
  const start = indexOf(current, first);
  if (start === null || start + count > current.count) return refused('blank-unknown');

  const before = Array.from({ length: count }, (_, step) => custodyAt(current, start + step));
  const [model] = before;
  const rule = BLANK_MOVES[change.kind];
  if (!model) return refused('blank-unknown');
  const stuck = before.find((each) => !rule.from.includes(each.state));
  if (stuck) return refused(reasonFor(change.kind, stuck));
  // One movement has one place it comes from.
  if (before.some((each) => placeOf(each) !== placeOf(model))) return refused('blank-mixed-range');
  const { witness } = { witness: null, ...change.body };
  if (witness === actor) return refused('two-person');
  if (change.kind === 'blanks.restored' && (model.caseId !== null || hallDayOf(model.since) !== hallDayOf(at))) {
    return refused('blank-not-restorable');
  }

  const after = { ...current.serials };
  for (const [step, custody] of before.entries()) after[start + step] = next(custody, change, at);
  const [moved] = [after[start]];
  const { reason, note, caseId, certificate, through } = {
    reason: null,
    note: '',
    caseId: null,
    certificate: null,
    through: undefined,
    ...change.body,
  };
  const last: BlankMovement = {
    kind: change.kind,
    first,
    count,
    from: placeOf(model),
    to: moved ? placeOf(moved) : 'STORE',
    at,
    by: actor,
    witness,
    reason,
    note,
    caseId,
    certificate,
    ...(through !== undefined && { through }),
  };
  return { ok: true, record: { ...current, version: current.version + 1, serials: after, last } };
}

/** What the pack knows of its blank number `index`. */
export function custodyAt({ serials, last }: Pick<PackRecord, 'serials' | 'last'>, index: number): BlankCustody {
  return serials[index] ?? { state: 'IN_STORE', window: null, since: last.at, caseId: null, certificate: null };
}

/** @returns the index of a serial in a pack, or null when it is not in it */
export function indexOf(pack: Pick<PackRecord, 'prefix' | 'first' | 'count'>, serial: string): number | null {
  const { prefix, number } = splitSerial(serial);
  const index = number - pack.first;
  return prefix === pack.prefix && index >= 0 && index < pack.count ? index : null;
}

export function placeOf({ state, window }: Pick<BlankCustody, 'state' | 'window'>): BlankPlace {
  switch (state) {
    case 'IN_STORE':
      return 'STORE';
    case 'ASSIGNED':
      return window ?? 'STORE';
    case 'BOUND':
      return 'CASE';
    default:
      return state;
  }
}

function receive({ form, first, count }: BlankBodies['blanks.received'], { id, actor, at }: BlankContext) {
  const { prefix, number } = splitSerial(first);
  if (count < 1 || count > PACK_MAX || number + count - 1 > LAST_BLANK_NUMBER) return refused('illegal-transition');
  const last: BlankMovement = {
    kind: 'blanks.received',
    first: formatSerial(prefix, number),
    count,
    from: 'PROVINCE',
    to: 'STORE',
    at,
    by: actor,
    witness: null,
    reason: null,
    note: '',
    caseId: null,
    certificate: null,
  };
  return { ok: true as const, record: { id, version: 1, form, prefix, first: number, count, serials: {}, last } };
}

function rangeOf({ body }: Exclude<BlankChange, { kind: 'blanks.received' }>): { first: string; count: number } {
  return 'serial' in body ? { first: body.serial, count: 1 } : { first: body.from, count: body.count };
}

function reasonFor(kind: BlankOpKind, { state }: BlankCustody): BlankRefusal {
  if (kind === 'blanks.bound' && state !== 'IN_STORE') return 'blank-used';
  return BLANK_MOVES[kind].otherwise;
}

function next(before: BlankCustody, change: BlankChange, at: string): BlankCustody {
  const { to } = BLANK_MOVES[change.kind];
  switch (change.kind) {
    case 'blanks.assigned':
      return { ...before, state: to, window: change.body.window, since: at };
    case 'blanks.returned':
      return { ...before, state: to, window: null, since: at };
    case 'blanks.bound':
      return { ...before, state: to, since: at, caseId: change.body.caseId, certificate: change.body.certificate };
    case 'blanks.restored':
      return { ...before, state: before.window === null ? 'IN_STORE' : to, since: at };
    default:
      return { ...before, state: to, since: at };
  }
}

function refused(code: BlankRefusal): { ok: false; code: BlankRefusal } {
  return { ok: false, code };
}
