import { YichuangError } from '../../contract/errors.ts';
import type { LaneChange } from '../../domain/case/advance.ts';
import { findFeeProblems } from '../../domain/fee/findFeeProblems.ts';
import { hallDayOf } from '../../domain/time/hallTime.ts';
import type { ServiceContext } from '../context.ts';
import { findCase } from '../findCase.ts';

/**
 * The fee lane ends only with the lines of the table in force on the day of acceptance.
 * @throws YichuangError `fee-wrong` with every problem and its path
 */
export function checkFee(context: ServiceContext, caseId: string, { lane, event, fee }: LaneChange): void {
  if (lane !== 'FEE' || event !== 'done') return;
  const { record } = findCase(context, caseId);
  const day = hallDayOf(record.acceptedAt);
  const problems = findFeeProblems(
    record,
    context.catalogueOf(record.acceptance.catalogueVersion),
    day,
    fee ?? { lines: [], payer: '' },
  );
  if (problems.length > 0) throw new YichuangError('fee-wrong', { details: { problems } });
}
