import { closeCount, signCount } from '../blanks/reduceCount.ts';
import { type BlankChange, movePack } from '../blanks/reducePack.ts';
import type { BlankRefusal, BlankStepped, CountRecord, PackRecord } from '../blanks/types.ts';
import { takeOverCase } from '../case/ownership.ts';
import {
  advanceCase,
  type CaseRefusalCode,
  changeLane,
  enterPayment,
  openCase,
  type Stepped,
} from '../case/reduceCase.ts';
import { changeScan, type ScanRecord } from '../case/scan.ts';
import type { CaseRecord, PrintedSlip } from '../case/types.ts';
import { type HallEntity, type HallOp, isHallStream, reduceHall } from '../hall/reduceHall.ts';
import { declareOutage, endOutage, type OutageRefusal } from '../outage/reduceOutage.ts';
import type { OutageRecord } from '../outage/types.ts';
import { type PaymentRefusalCode, type PaymentStep, stepPayment } from '../payment/reducePayment.ts';
import type { PaymentRecord } from '../payment/types.ts';
import { movePrint } from '../printJob/reducePrint.ts';
import type { PrintChange, PrintJobRecord, PrintRefusal } from '../printJob/types.ts';
import { stepReturned } from '../returned/reduceReturned.ts';
import type { ReturnedRecord } from '../returned/types.ts';
import { type AnnouncedPrinter, type CaseNote, isKind, type Op, type StaffMember, streamOf } from './op.ts';
import { CALENDAR_STREAM, CATALOGUE_STREAM, type CalendarRecord, type CatalogueRecord, isLater } from './published.ts';
import { inNewestShape, type UpCasts } from './upCast.ts';

/** Why an op cannot be applied. A refused op changes nothing. */
export class ReduceError extends Error {
  override name = 'ReduceError';
  readonly code:
    | CaseRefusalCode
    | PaymentRefusalCode
    | BlankRefusal
    | OutageRefusal
    | PrintRefusal
    | 'stale-version'
    | 'wrong-stream';

  constructor(code: ReduceError['code'], detail: string) {
    super(`${code}: ${detail}`);
    this.code = code;
  }
}

export interface StaffRecord extends StaffMember {
  id: string;
  version: number;
}

export interface SessionRecord {
  id: string;
  version: number;
  staff: string;
  terminal: string;
  openedAt: string;
  closedAt: string | null;
}

export interface SlipRecord extends PrintedSlip {
  id: string;
  version: number;
  caseId: string;
}

export interface NoteRecord extends CaseNote {
  id: string;
  version: number;
  at: string;
  by: string;
}

export interface PrinterRecord extends AnnouncedPrinter {
  id: string;
  version: number;
  at: string;
}

/** What the projections hold for one stream. */
export type Entity =
  | { type: 'case'; record: CaseRecord }
  | { type: 'scan'; record: ScanRecord }
  | { type: 'staff'; record: StaffRecord }
  | { type: 'session'; record: SessionRecord }
  | { type: 'slip'; record: SlipRecord }
  | { type: 'note'; record: NoteRecord }
  | { type: 'blanks'; record: PackRecord }
  | { type: 'count'; record: CountRecord }
  | { type: 'payment'; record: PaymentRecord }
  | { type: 'print'; record: PrintJobRecord }
  | { type: 'printer'; record: PrinterRecord }
  | { type: 'outage'; record: OutageRecord }
  | { type: 'return'; record: ReturnedRecord }
  | HallEntity
  | { type: 'catalogue'; record: CatalogueRecord }
  | { type: 'calendar'; record: CalendarRecord }
  /** What stands in the log and in no table: refused attempts, removals, new epochs. */
  | { type: 'mark'; record: { id: string; version: number } };

/**
 * The state of a stream after an op. Pure; terminal, hub and centre run this same function, so replicas at the same
 * position are equal.
 * @param current the stream's state before, or null for its first op
 * @param written as it stands in the log; an older program's body is read in the shape of this one
 * @throws ReduceError when the op is not legal here
 */
export function reduce(current: Entity | null, written: Op, casts?: UpCasts): Entity {
  const op = inNewestShape(written, casts);
  const version = current?.record.version ?? 0;
  if (isSlipInCase(written)) return countOldSlip(current, op);
  // Says how it stands, whatever else was decided about it: no replica has to have the same before.
  if (op.base_ver !== version && !isKind(op, 'ticket.reconciled'))
    throw new ReduceError('stale-version', `made on ${op.base_ver}, stream is at ${version}`);
  const { kind: streamKind, id } = streamOf(op);

  if (op.kind.startsWith('case.')) {
    expectStream(streamKind, 'case');
    const stepped = stepCase(current?.type === 'case' ? current.record : null, id, op);
    if (!stepped.ok) throw new ReduceError(stepped.code, stepped.detail);
    return { type: 'case', record: stepped.record };
  }
  if (op.kind.startsWith('blanks.')) {
    expectStream(streamKind, 'blanks');
    const pack = current?.type === 'blanks' ? current.record : null;
    const stepped = movePack(pack, op as BlankChange, { id, actor: op.actor, at: op.at });
    return { type: 'blanks', record: recordIn(stepped, op.kind) };
  }
  if (isKind(op, 'count.closed') || isKind(op, 'count.signed')) {
    expectStream(streamKind, 'count');
    const count = current?.type === 'count' ? current.record : null;
    const context = { id, actor: op.actor, at: op.at };
    const stepped = isKind(op, 'count.closed')
      ? closeCount(count, op.body, context)
      : signCount(count, (op as Op<'count.signed'>).body, context);
    return { type: 'count', record: recordIn(stepped, op.kind) };
  }
  if (op.kind.startsWith('payment.')) {
    expectStream(streamKind, 'payment');
    const stepped = stepPayment(current?.type === 'payment' ? current.record : null, id, op as PaymentStep & Op, {
      actor: op.actor,
      at: op.at,
    });
    if (!stepped.ok) throw new ReduceError(stepped.code, stepped.detail);
    return { type: 'payment', record: stepped.record };
  }
  if (op.kind.startsWith('print.')) {
    expectStream(streamKind, 'print');
    const job = current?.type === 'print' ? current.record : null;
    const stepped = movePrint(job, op as PrintChange & Op, { id, actor: op.actor, at: op.at, device: op.device });
    if (!stepped.ok) throw new ReduceError(stepped.code, op.kind);
    return { type: 'print', record: stepped.record };
  }
  const family = op.kind.slice(0, op.kind.indexOf('.'));
  if (isHallStream(family)) {
    expectStream(streamKind, family);
    const held = current && isHallStream(current.type) ? (current as HallEntity) : null;
    const reduced = reduceHall(held, op as Op & HallOp, { id, actor: op.actor, at: op.at });
    if (!reduced) throw new ReduceError('illegal-transition', op.kind);
    return reduced;
  }
  if (isKind(op, 'return.noted') || isKind(op, 'return.settled')) {
    expectStream(streamKind, 'return');
    const before = current?.type === 'return' ? current.record : null;
    const record = stepReturned(before, op, { id, actor: op.actor, at: op.at });
    if (!record) throw new ReduceError('illegal-transition', op.kind);
    return { type: 'return', record };
  }
  if (isKind(op, 'printer.announced')) {
    expectStream(streamKind, 'printer');
    return { type: 'printer', record: { ...op.body, id, version: version + 1, at: op.at } };
  }
  if (isKind(op, 'outage.declared') || isKind(op, 'outage.ended')) {
    expectStream(streamKind, 'outage');
    const outage = current?.type === 'outage' ? current.record : null;
    const context = { id, actor: op.actor, at: op.at };
    const stepped = isKind(op, 'outage.declared')
      ? declareOutage(outage, op.body, context)
      : endOutage(outage, (op as Op<'outage.ended'>).body, context);
    if (!stepped.ok) throw new ReduceError(stepped.code, op.kind);
    return { type: 'outage', record: stepped.record };
  }
  if (isKind(op, 'slip.printed')) {
    expectFirst(streamKind, 'slip', current);
    return { type: 'slip', record: { ...op.body, id, version: 1, at: op.at, by: op.actor } };
  }
  if (isKind(op, 'note.added')) {
    expectFirst(streamKind, 'note', current);
    return { type: 'note', record: { ...op.body, id, version: 1, at: op.at, by: op.actor } };
  }
  const mark = MARK_STREAMS[op.kind];
  if (mark !== undefined) {
    expectFirst(streamKind, mark, current);
    return { type: 'mark', record: { id, version: 1 } };
  }
  if (isKind(op, 'scan.attached') || isKind(op, 'scan.moved') || isKind(op, 'scan.removed')) {
    expectStream(streamKind, 'scan');
    const record = changeScan(current?.type === 'scan' ? current.record : null, id, op);
    if (!record) throw new ReduceError('illegal-transition', `${op.kind} of this page`);
    return { type: 'scan', record };
  }
  if (isKind(op, 'staff.upserted')) {
    expectStream(streamKind, 'staff');
    return { type: 'staff', record: { ...op.body, id, version: version + 1 } };
  }
  if (isKind(op, 'catalogue.published')) {
    expectStream(op.stream, CATALOGUE_STREAM);
    const before = current?.type === 'catalogue' ? current.record : null;
    if (before && !isLater(op.body, before.catalogue)) {
      throw new ReduceError('illegal-transition', `${op.body.version} is not after ${before.catalogue.version}`);
    }
    return { type: 'catalogue', record: { id, version: version + 1, catalogue: op.body } };
  }
  if (isKind(op, 'calendar.published')) {
    expectStream(op.stream, CALENDAR_STREAM);
    return { type: 'calendar', record: { id, version: version + 1, calendar: op.body, publishedAt: op.at } };
  }
  if (isKind(op, 'session.opened')) {
    expectStream(streamKind, 'session');
    if (current) throw new ReduceError('illegal-transition', 'session opened twice');
    return {
      type: 'session',
      record: { id, version: 1, staff: op.body.staff, terminal: op.body.terminal, openedAt: op.at, closedAt: null },
    };
  }
  if (isKind(op, 'session.closed')) {
    expectStream(streamKind, 'session');
    if (current?.type !== 'session' || current.record.closedAt !== null) {
      throw new ReduceError('illegal-transition', 'no open session');
    }
    return { type: 'session', record: { ...current.record, version: version + 1, closedAt: op.at } };
  }
  throw new ReduceError('wrong-stream', `no reducer for ${(op as Op).kind}`);
}

/** As the first program wrote it: into the stream of the case, as one of its versions, without naming it. */
function isSlipInCase(written: Op): boolean {
  return isKind(written, 'slip.printed') && streamOf(written).kind === 'case' && !Object.hasOwn(written.body, 'caseId');
}

/**
 * Its version counts where the case stood as that program knew it, so that what was made on it fits. Where the case has gone
 * on meanwhile it is what slips are today: a fact that no decision contradicts.
 */
function countOldSlip(current: Entity | null, op: Op): Entity {
  if (current?.type !== 'case') throw new ReduceError('illegal-transition', 'slip of a case that does not exist');
  const { version } = current.record;
  return op.base_ver === version ? { ...current, record: { ...current.record, version: version + 1 } } : current;
}

/** What an op says beside the stream it stands in: a slip that the first program wrote into that of its case. */
export function slipBeside(written: Op): SlipRecord | null {
  if (!isSlipInCase(written)) return null;
  const { op_id: id, at, actor: by, body } = inNewestShape(written) as Op<'slip.printed'>;
  return { ...body, id, version: 1, at, by };
}

/** Kinds that are said once, stand in the log and change no table, with the stream each has. */
const MARK_STREAMS: Partial<Record<Op['kind'], string>> = {
  'attempt.refused': 'attempt',
  'retention.ran': 'retention',
  'data.checked': 'check',
  'epoch.began': 'epoch',
  'hub.took-over': 'hub',
  'health.acknowledged': 'health',
  'device.revoked': 'device',
};

function recordIn<R>(stepped: BlankStepped<R>, detail: string): R {
  if (!stepped.ok) throw new ReduceError(stepped.code, detail);
  return stepped.record;
}

function expectStream(actual: string, expected: string): void {
  if (actual !== expected) throw new ReduceError('wrong-stream', `${actual} instead of ${expected}`);
}

/** A fact is said once. */
function expectFirst(actual: string, expected: string, current: Entity | null): void {
  expectStream(actual, expected);
  if (current) throw new ReduceError('illegal-transition', `${expected} written twice`);
}

function stepCase(current: CaseRecord | null, id: string, op: Op): Stepped {
  const context = { id, actor: op.actor, at: op.at };
  if (current === null) {
    if (isKind(op, 'case.accepted')) return openCase(op.body, null, context);
    if (isKind(op, 'case.refused')) return openCase(op.body.acceptance, op.body.refusal, context);
    return { ok: false, code: 'illegal-transition', detail: `${op.kind} of a case that does not exist` };
  }
  if (isKind(op, 'case.advanced')) return advanceCase(current, op.body, context);
  if (isKind(op, 'case.lane')) return changeLane(current, op.body, context);
  if (isKind(op, 'case.paid')) return enterPayment(current, op.body, context);
  if (isKind(op, 'case.taken')) {
    const record = takeOverCase(current, op.body, context);
    return record ? { ok: true, record } : { ok: false, code: 'illegal-transition', detail: 'over, or there already' };
  }
  return { ok: false, code: 'illegal-transition', detail: `${op.kind} of a case that exists` };
}
