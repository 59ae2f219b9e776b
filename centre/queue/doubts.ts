import { doubtOf } from '../../domain/queue/reconcile.ts';
import type { WorkingLedger } from '../ledger/workingLedger.ts';
import { takeOwnOp } from '../office/ownOp.ts';

/**
 * What a terminal did with a ticket without the hub and the hub could not follow is said on the ticket, so that a person
 * looks at it: somebody may have been called twice, or served and never ended. Names the refused op, once.
 * @param now milliseconds since 1970, UTC
 */
export function doubtRefused(ledger: WorkingLedger, self: { device: string; epoch: number }, now: number): void {
  // Writing one makes one op more; what it is made from was there before.
  for (const { op, outcome, code, hall } of [...ledger.newOps]) {
    if (outcome !== 'rejected' || op.device === self.device || !op.kind.startsWith('ticket.')) continue;
    if (ledger.hall.whyNotHere(hall) !== null) continue;
    const held = ledger.findEntity(op.stream);
    if (held?.entity.type !== 'ticket' || held.hall !== hall || ledger.isParked(op.stream)) continue;
    const doubt = doubtOf(op, code ?? 'rejected');
    if (held.entity.record.doubts.includes(doubt)) continue;
    const body = { at: new Date(now).toISOString(), doubt };
    takeOwnOp(ledger, self, { hall, kind: 'ticket.doubted', stream: op.stream, actor: 'system', body }, now);
  }
}
