import type { OfficeChange } from '../../contract/office.ts';
import type { LaneChange } from '../../domain/case/advance.ts';
import { isLinkedLoan } from '../../domain/case/lanes.ts';
import { findNoticeProblems } from '../../domain/case/materialRules.ts';
import type { CaseRecord } from '../../domain/case/types.ts';
import { CATALOGUE } from '../../domain/catalogue/catalogue.ts';
import type { Catalogue } from '../../domain/catalogue/types.ts';
import { findFeeProblems } from '../../domain/fee/findFeeProblems.ts';
import { hallDayOf } from '../../domain/time/hallTime.ts';
import type { WorkingLedger } from '../ledger/workingLedger.ts';
import { catalogueOf } from '../publish.ts';
import { findWitnessProblem } from './permission.ts';

/**
 * What the reducer cannot see, because it stands in other streams: the staff list, the catalogue, the mortgage of a loan.
 * @returns why the act is refused, or null
 */
export function findActProblem(
  ledger: WorkingLedger,
  hall: string,
  record: CaseRecord,
  change: OfficeChange,
): string | null {
  if (change.kind === 'take') return null;
  if (change.kind === 'lane') return findFeeProblem(ledger, record, change.change);
  const { advance } = change;
  switch (advance.transition) {
    case 'T30':
    case 'T32':
      return findWitnessProblem(ledger, hall, advance.data);
    case 'T15':
      // A paper that is obtained by data sharing is asked of nobody (不动产登记暂行条例 §24).
      return findNoticeProblems(advance.data.missing, catalogueOf(ledger)).length > 0
        ? 'material-not-demandable'
        : null;
    case 'T45': {
      if (!isLinkedLoan(record.acceptance.itemCode)) return null;
      const { linkedCaseId } = advance.data;
      const booked = findBookedMortgage(ledger, record.id);
      return booked !== null && (linkedCaseId === undefined || linkedCaseId === booked) ? null : 'linked-case-open';
    }
    default:
      return null;
  }
}

/**
 * The registration for which a loan was waiting (domain.md §2.9): its own acceptance names the loan, and it stands in the
 * register. The loan cannot name it: it was accepted first.
 * @returns the id of that case, or null
 */
export function findBookedMortgage(ledger: WorkingLedger, loanId: string): string | null {
  for (const stream of ledger.findLinkedCases(loanId)) {
    const entity = ledger.findEntity(stream)?.entity;
    if (entity?.type === 'case' && entity.record.bookedAt !== null) return entity.record.id;
  }
  return null;
}

/** Lines by the table in force on the day of acceptance, as the terminal checks them: nothing a terminal says is believed. */
function findFeeProblem(
  ledger: WorkingLedger,
  record: CaseRecord,
  { lane, event, fee }: LaneChange,
): 'fee-wrong' | null {
  if (lane !== 'FEE' || event !== 'done') return null;
  const day = hallDayOf(record.acceptedAt);
  const catalogue = catalogueFor(ledger, record);
  return findFeeProblems(record, catalogue, day, fee ?? { lines: [], payer: '' }).length > 0 ? 'fee-wrong' : null;
}

/** Under which it was accepted, as `Reference.catalogueOf` of a terminal finds it. */
function catalogueFor(ledger: WorkingLedger, { acceptance }: CaseRecord): Catalogue {
  const newest = catalogueOf(ledger);
  const { catalogueVersion } = acceptance;
  return newest.version === catalogueVersion ? newest : (ledger.findCatalogue(catalogueVersion) ?? CATALOGUE);
}
