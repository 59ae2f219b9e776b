import type { WorkingLedger } from '../ledger/workingLedger.ts';
import { takeOwnOp } from '../office/ownOp.ts';

/** As long as one may be (contract/ops/ticket.ts). */
const MAX_LENGTH = 200;

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

/** `called-twice:W03`, or `finished-refused:W03:stale-version`: stable, so that a page can say it in its own words. */
function doubtOf(op: { kind: string; body: Record<string, unknown> }, code: string): string {
  const terminal = typeof op.body.terminal === 'string' ? op.body.terminal.slice(0, 10) : 'unknown';
  const step = op.kind.slice('ticket.'.length);
  const doubt = step === 'called' ? `called-twice:${terminal}` : `${step}-refused:${terminal}:${code}`;
  return doubt.slice(0, MAX_LENGTH);
}
