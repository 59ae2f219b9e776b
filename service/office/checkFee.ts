import { YichuangError } from '../../contract/errors.ts';
import type { LaneChange } from '../../domain/case/advance.ts';
import { findFeeProblems } from '../../domain/fee/findFeeProblems.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import type { ServiceContext } from '../context.ts';

/**
 * The fee lane ends only with the lines of the table in force on the day of acceptance.
 * @throws YichuangError `fee-wrong` with every problem and its path
 */
export function checkFee(
  { store, catalogueOf }: ServiceContext,
  caseId: string,
  { lane, event, fee }: LaneChange,
): void {
  if (lane !== 'FEE' || event !== 'done') return;
  const record = store.cases.find(caseId)?.record;
  if (!record) throw new YichuangError('case-not-found');
  const day = hallDay(Date.parse(record.acceptedAt));
  const problems = findFeeProblems(
    record,
    catalogueOf(record.acceptance.catalogueVersion),
    day,
    fee ?? { lines: [], payer: '' },
  );
  if (problems.length > 0) throw new YichuangError('fee-wrong', { details: { problems } });
}
