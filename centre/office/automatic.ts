import type { AdvanceData } from '../../domain/case/advance.ts';
import { owedFen } from '../../domain/case/guards.ts';
import { routeOf } from '../../domain/case/lanes.ts';
import { isFeeReturned } from '../../domain/case/returned.ts';
import type { CaseRecord } from '../../domain/case/types.ts';
import { findItem } from '../../domain/catalogue/catalogue.ts';
import type { Catalogue } from '../../domain/catalogue/types.ts';
import type { WorkingLedger } from '../ledger/workingLedger.ts';
import { catalogueOf } from '../publish.ts';
import { followHall } from '../queue/follow.ts';
import { takeOwnOp } from './ownOp.ts';

type AutomaticStep =
  | { transition: 'T14'; data: AdvanceData['T14'] }
  | { transition: 'T25' | 'T26' | 'T38'; data: Record<never, never> };

/**
 * What the centre does by itself as soon as a case stands there (SYS of domain.md §3.4): dispatch, ask for the fee, take
 * note of the payment, end a case without output, send back the fee of a case that came to nothing; and what the queue
 * makes of it. In the same transaction as what led there.
 */
export function followAutomatically(
  ledger: WorkingLedger,
  self: { device: string; epoch: number },
  streams: readonly string[],
  now: number,
): void {
  for (const stream of streams) {
    for (let step = nextStep(ledger, stream); step !== null; step = nextStep(ledger, stream)) {
      const held = ledger.findEntity(stream);
      const refused =
        held &&
        takeOwnOp(ledger, self, { hall: held.hall, kind: 'case.advanced', stream, actor: 'system', body: step }, now);
      if (refused) throw new Error(`automatic ${step.transition} was refused: ${refused}`);
    }
    returnFee(ledger, self, stream, now);
  }
  followHall(ledger, self, streams, now);
}

/** T40 and its like: every payment the case still holds is asked back. */
function returnFee(ledger: WorkingLedger, self: { device: string; epoch: number }, stream: string, now: number): void {
  const held = ledger.findEntity(stream);
  if (held?.entity.type !== 'case' || !isFeeReturned(held.entity.record)) return;
  const { id: caseId, payments } = held.entity.record;
  for (const { payment } of payments.filter((entry) => entry.kind === 'paid')) {
    const paid = ledger.findEntity(`payment:${payment}`);
    if (paid?.entity.type !== 'payment' || paid.entity.record.state !== 'PAID') continue;
    const body = { caseId, cause: 'ended', reason: '未予登记，登记费退还' } as const;
    const own = {
      hall: held.hall,
      kind: 'payment.refundRequested',
      stream: `payment:${payment}`,
      actor: 'system',
      body,
    } as const;
    const refused = takeOwnOp(ledger, self, own, now);
    if (refused) throw new Error(`automatic refund was refused: ${refused}`);
  }
}

function nextStep(ledger: WorkingLedger, stream: string): AutomaticStep | null {
  const held = ledger.findEntity(stream);
  // Behind a parked op nobody can say where the case stands.
  if (held?.entity.type !== 'case' || ledger.isParked(stream)) return null;
  return stepFrom(held.entity.record, catalogueOf(ledger));
}

function stepFrom(record: CaseRecord, catalogue: Catalogue): AutomaticStep | null {
  switch (record.state) {
    case 'ACCEPTED': {
      const { itemCode } = record.acceptance;
      const item = findItem(itemCode, catalogue) ?? findItem(itemCode);
      // An item of a newer catalogue waits until this centre knows it.
      return item ? { transition: 'T14', data: { route: routeOf(item) } } : null;
    }
    case 'APPROVED':
      return owedFen(record) > 0 ? { transition: 'T25', data: {} } : null;
    case 'PAY_WAIT':
      return owedFen(record) === 0 ? { transition: 'T26', data: {} } : null;
    case 'BOOKED':
      return record.certificates.length === 0 ? { transition: 'T38', data: {} } : null;
    default:
      return null;
  }
}
