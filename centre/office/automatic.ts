import type { AdvanceData } from '../../domain/case/advance.ts';
import { owedFen } from '../../domain/case/guards.ts';
import { routeOf } from '../../domain/case/lanes.ts';
import type { CaseRecord } from '../../domain/case/types.ts';
import { findItem } from '../../domain/catalogue/catalogue.ts';
import type { Catalogue } from '../../domain/catalogue/types.ts';
import type { WorkingLedger } from '../ledger/workingLedger.ts';
import { catalogueOf } from '../publish.ts';
import { takeOwnOp } from './ownOp.ts';

type AutomaticStep =
  | { transition: 'T14'; data: AdvanceData['T14'] }
  | { transition: 'T25' | 'T26' | 'T38'; data: Record<never, never> };

/**
 * What the centre does by itself as soon as a case stands there (SYS of domain.md §3.4): dispatch, ask for the fee, take
 * note of the payment, end a case without output. In the same transaction as what led there.
 */
export function followAutomatically(
  ledger: WorkingLedger,
  self: { device: string; epoch: number },
  streams: Iterable<string>,
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
