import type { Grade } from '../../domain/rating/types.ts';
import type { Published } from '../ingest.ts';
import { WorkingLedger } from '../ledger/workingLedger.ts';
import { takeOwnOp } from '../office/ownOp.ts';
import { followHall } from '../queue/follow.ts';
import type { CentreStore } from '../store/types.ts';
import type { Invitation } from './seal.ts';

export type AnswerVerdict =
  | { kind: 'kept'; published: readonly Published[] }
  /** There is a grade for this service already, whichever way it came. */
  | { kind: 'answered' }
  /** The queue of the hall is not decided in these data. */
  | { kind: 'elsewhere' };

/**
 * Keeps what a phone answered; durable when it resolves. A bad mark is work for a supervisor in the same transaction.
 * @param now milliseconds since 1970, UTC
 * @throws StoreBusyError when it should be tried again later
 */
export function takeAnswer(
  store: CentreStore,
  { hall, id, ticketId, caseId, about, terminal, clerk }: Invitation,
  grade: Grade,
  now: number,
): Promise<AnswerVerdict> {
  const stream = `rating:${id}`;
  return store.write<AnswerVerdict>([], (known) => {
    const ledger = new WorkingLedger(known);
    const none = ledger.decision();
    if (ledger.hall.whyNotHere(hall) !== null) return { decision: none, value: { kind: 'elsewhere' } };
    const entity = ledger.findEntity(stream)?.entity;
    if (entity?.type === 'rating' && entity.record.grade !== null) {
      return { decision: none, value: { kind: 'answered' } };
    }
    const at = new Date(now).toISOString();
    const body = { ticketId, caseId, about, terminal, clerk, grade, way: 'qr', at } as const;
    const refused = takeOwnOp(
      ledger,
      store.self,
      { hall, kind: 'rating.answered', stream, actor: 'system', body },
      now,
    );
    if (refused !== null) throw new Error(`a rating was refused: ${refused}`);
    followHall(ledger, store.self, [stream], now);
    const decision = ledger.decision();
    return { decision, value: { kind: 'kept', published: decision.scopes } };
  });
}
