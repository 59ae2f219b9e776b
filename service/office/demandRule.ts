import { YichuangError } from '../../contract/errors.ts';
import type { OfficeChange } from '../../contract/office.ts';
import { findNoticeProblems } from '../../domain/case/materialRules.ts';
import type { CaseRecord } from '../../domain/case/types.ts';
import type { ServiceContext } from '../context.ts';

/**
 * A supplement (T15) may not ask for what the office obtains itself (不动产登记暂行条例 §24).
 * @throws YichuangError `material-not-demandable` with every problem
 */
export function checkDemand(
  { catalogueOf }: Pick<ServiceContext, 'catalogueOf'>,
  { acceptance }: Pick<CaseRecord, 'acceptance'>,
  change: OfficeChange,
): void {
  if (change.kind !== 'advance' || change.advance.transition !== 'T15') return;
  const problems = findNoticeProblems(change.advance.data.missing, catalogueOf(acceptance.catalogueVersion));
  if (problems.length > 0) throw new YichuangError('material-not-demandable', { details: { problems } });
}
