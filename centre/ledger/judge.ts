import { type OpEnvelope, parseOp } from '../../contract/ops.ts';
import { mayStepAlone } from '../../domain/case/ownership.ts';
import { TRANSITIONS } from '../../domain/case/transitions.ts';
import { acceptanceIn, type CaseRecord } from '../../domain/case/types.ts';
import { caseOf, isKind, type Op } from '../../domain/ledger/op.ts';
import { type Entity, ReduceError, reduce } from '../../domain/ledger/reduce.ts';
import { findActiveStaff, findStaff, findWitnessProblem, mayTake } from '../office/permission.ts';
import { findHallProblem } from '../queue/judge.ts';
import type { Author, HeldEntity, Judgement, KnownLedger, ParkedOrder } from '../store/types.ts';

export type ParseOp = typeof parseOp;

/** `held` is the stream's state after the op; null when the op changes none. */
export interface JudgedOp extends Judgement {
  held: HeldEntity | null;
}

/**
 * What a chained, verified op means here. Whatever it contains it gets an answer: one bad record must never hold up the
 * ones behind it (users.md §A.9).
 * - rejected: contradicts what the centre knows, or is nobody's to write from there
 * - parked: of a kind or with fields this centre does not know yet, or behind such an op in the same stream, so nobody can tell
 */
export function judgeOp(
  known: Pick<
    KnownLedger & ParkedOrder,
    'findEntity' | 'hallOf' | 'isBehindParked' | 'findCaseByNumber' | 'findStaffByNumber' | 'hall'
  >,
  author: Author,
  envelope: OpEnvelope,
  parse: ParseOp = parseOp,
): JudgedOp {
  const current = known.findEntity(envelope.stream);
  if (current && current.hall !== author.hall) return rejected('forbidden');

  const parsed = parse(envelope);
  if (!parsed.ok) return parsed.reason === 'bad-body' ? rejected('bad-body') : parked(parsed.reason);
  if (!author.centre && isCentreOnly(parsed.op)) return rejected('forbidden');
  const about = caseOf(parsed.op);
  const owner = about === null ? null : known.hallOf(about);
  if (owner !== null && owner !== author.hall) return rejected('forbidden');
  if (known.isBehindParked(envelope)) return parked('behind-parked');
  const problem = author.centre ? null : findPersonProblem(known, author.hall, parsed.op);
  if (problem !== null) return rejected(problem);
  const held = current?.entity.type === 'case' ? current.entity.record : null;
  if (held !== null && isByAnotherWindow(held, author, parsed.op)) return rejected('not-owner');
  const hallProblem = findHallProblem(known, author, parsed.op);
  if (hallProblem !== null) return rejected(hallProblem);

  const reduced = tryReduce(current?.entity ?? null, parsed.op);
  if (!reduced.ok) return reduced.judged;
  const { op } = parsed;
  if (isKind(op, 'case.accepted') || isKind(op, 'case.refused')) {
    const holder = known.findCaseByNumber(acceptanceIn(op.body).number);
    if (holder !== null && holder !== envelope.stream) return rejected('duplicate-case-number');
  }
  if (isKind(op, 'ticket.taken')) {
    const { day, number } = op.body;
    if (hasTicket(known, author.hall, day, number)) return rejected('duplicate-number');
  }
  if (isKind(op, 'appointment.booked') && known.hall.findAppointment(author.hall, op.body.code)) {
    return rejected('duplicate-number');
  }
  return { outcome: 'applied', code: null, held: { entity: reduced.entity, hall: author.hall } };
}

/** A step of the window taken without the centre, by a window that is not the one of the case. */
function isByAnotherWindow(record: CaseRecord, { centre, terminal }: Author, op: Op): boolean {
  if (centre || terminal === undefined || !isKind(op, 'case.advanced')) return false;
  return !mayStepAlone(record, terminal, op.body.transition);
}

function hasTicket({ hall }: Pick<KnownLedger, 'hall'>, at: string, day: string, number: string): boolean {
  for (const ticket of hall.ticketsOf(at, day).values()) if (ticket.number === number) return true;
  return false;
}

const CENTRE_KINDS: ReadonlySet<string> = new Set([
  ...['staff.upserted', 'catalogue.published', 'calendar.published'],
  ...['case.lane', 'case.paid', 'case.taken'],
]);

/** Staff, money, publications, and every step of a case that must never be taken without the centre (domain.md §3.6). */
function isCentreOnly(op: Op): boolean {
  if (isKind(op, 'case.advanced')) return TRANSITIONS[op.body.transition].tier === 'online';
  if (/^(payment|blanks|count|outage|hub|device)\./.test(op.kind)) return true;
  return CENTRE_KINDS.has(op.kind);
}

/**
 * A terminal's word about who took a step without the centre: somebody in service here, in a role of the table, and for a
 * spoiled blank a second one. Whoever accepts is the clerk of the case: the two-person rules of later steps look at that.
 */
function findPersonProblem(
  known: Pick<KnownLedger, 'findEntity' | 'findStaffByNumber'>,
  hall: string,
  op: Op,
): 'forbidden' | 'witness-unknown' | null {
  if (isKind(op, 'case.accepted') || isKind(op, 'case.refused')) {
    const clerk = findStaff(known, hall, op.actor);
    // Somebody the centre does not know yet may have accepted in good faith, and the receipt is in the applicant's hand.
    const isClerk = clerk === null || clerk.roles.includes('WIN');
    return isClerk && acceptanceIn(op.body).clerk.id === op.actor ? null : 'forbidden';
  }
  // Of what came back, its own machine tells, and a person decides.
  if (isKind(op, 'return.noted')) return op.body.device === op.device ? null : 'forbidden';
  if (isKind(op, 'return.settled')) return findActiveStaff(known, hall, op.actor) ? null : 'forbidden';
  if (!isKind(op, 'case.advanced')) return null;
  if (!mayTake(known, hall, op.actor, TRANSITIONS[op.body.transition].who)) return 'forbidden';
  const { transition } = op.body;
  return transition === 'T30' || transition === 'T32' ? findWitnessProblem(known, hall, op.body.data) : null;
}

function tryReduce(current: Entity | null, op: Op): { ok: true; entity: Entity } | { ok: false; judged: JudgedOp } {
  try {
    return { ok: true, entity: reduce(current, op) };
  } catch (error) {
    if (error instanceof ReduceError) return { ok: false, judged: rejected(error.code) };
    // A defect of ours, not of the record: keep the op, and judge it again with the next version.
    return { ok: false, judged: parked('reducer-failed') };
  }
}

function rejected(code: string): JudgedOp {
  return { outcome: 'rejected', code, held: null };
}

function parked(code: string): JudgedOp {
  return { outcome: 'parked', code, held: null };
}
