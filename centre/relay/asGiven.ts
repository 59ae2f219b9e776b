import { type OpEnvelope, parseOp } from '../../contract/ops.ts';
import { planeOf } from '../../domain/ledger/plane.ts';
import { ReduceError, reduce } from '../../domain/ledger/reduce.ts';
import { type JudgedOp, judgeOp, type ParseOp } from '../ledger/judge.ts';
import { OVERTAKEN } from '../ledger/overtaken.ts';
import type { PlanRules } from '../ledger/plan.ts';
import type { Author, Judgement, KnownLedger, ParkedOp, ParkedOrder } from '../store/types.ts';

type Known = Pick<
  KnownLedger & ParkedOrder,
  'findEntity' | 'hallOf' | 'isBehindParked' | 'findCaseByNumber' | 'findStaffByNumber' | 'hall'
>;

export type JudgeParked = (known: Known, parked: ParkedOp, parse?: ParseOp) => JudgedOp;

const APPLIED: Judgement = { outcome: 'applied', code: null };

/**
 * What an op means here of which somebody else has decided: the hub about the queue of its hall, the centre about all the
 * rest. Nobody's permission is asked again. What cannot be applied is parked and kept; of a ticket that has gone on otherwise it
 * is kept without effect, since nothing could make it fit later and the ticket must go on.
 */
export function judgeAsGiven(
  known: Known,
  author: Author,
  envelope: OpEnvelope,
  given: Judgement,
  parse: ParseOp = parseOp,
): JudgedOp {
  if (given.outcome === 'rejected') return { outcome: 'rejected', code: given.code ?? 'internal', held: null };
  const current = known.findEntity(envelope.stream);
  if (current && current.hall !== author.hall) return { outcome: 'rejected', code: 'forbidden', held: null };
  const parsed = parse(envelope);
  if (!parsed.ok) return parked(parsed.reason);
  if (known.isBehindParked(envelope)) return parked('behind-parked');
  try {
    const entity = reduce(current?.entity ?? null, parsed.op);
    return { ...APPLIED, held: { entity, hall: author.hall } };
  } catch (error) {
    const hasGoneOn = error instanceof ReduceError && current?.entity.type === 'ticket';
    return hasGoneOn ? overtaken() : parked('reducer-failed');
  }
}

/** The centre has published it, so it took effect there. */
export function judgeMirrored(known: Known, author: Author, envelope: OpEnvelope, parse?: ParseOp): JudgedOp {
  return judgeAsGiven(known, author, envelope, APPLIED, parse);
}

/**
 * Judges again what was parked, by whoever it is for to decide: where somebody else has decided, that stands.
 * @param isHub then everything but the queue is the centre's to decide, and what it has published took effect there
 */
export function judgeParked(isHub: boolean): JudgeParked {
  return (known, { op, author, isPublished }, parse) => {
    const isOfQueue = planeOf(op.kind) === 'hall';
    // What another hub wrote it has decided: this one may have taken over since it read that in the other's log.
    const isDecided = isHub && (isPublished || (author.terminal === undefined && !author.centre));
    const isOurs = isOfQueue ? known.hall.whyNotHere(author.hall) === null && !isDecided : !isHub;
    return isOurs ? judgeOp(known, author, op, parse) : judgeAsGiven(known, author, op, APPLIED, parse);
  };
}

/** A hub decides about the queue of its hall, and keeps everything else for the centre. */
export const HUB_RULES: Omit<PlanRules, 'parse'> = {
  mirrors: true,
  judge: (known, author, envelope, parse) =>
    planeOf(envelope.kind) === 'hall'
      ? judgeOp(known, author, envelope, parse)
      : { outcome: 'held', code: null, held: null },
};

/** Kept without effect. */
export function overtaken(): JudgedOp {
  return { outcome: 'rejected', code: OVERTAKEN, held: null };
}

function parked(code: string): JudgedOp {
  return { outcome: 'parked', code, held: null };
}
