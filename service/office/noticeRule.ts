import { YichuangError } from '../../contract/errors.ts';
import type { OfficeChange } from '../../contract/office.ts';
import type { CaseFile } from '../../domain/case/types.ts';

/**
 * A refusal stands only on paper: T12 needs a printed 不予受理告知书, and only while there is none may the window take the
 * case for accepted (T11, 不动产登记暂行条例 §17). Prints are streams of their own, so a case's own guard cannot see them.
 * @throws YichuangError `notice-not-printed` or `notice-printed`
 */
export function checkNotice({ slips }: CaseFile, change: OfficeChange): void {
  if (change.kind !== 'advance') return;
  const isPrinted = slips.some((each) => each.slip === 'refusal');
  const { transition } = change.advance;
  if (transition === 'T12' && !isPrinted) throw new YichuangError('notice-not-printed');
  if (transition === 'T11' && isPrinted) throw new YichuangError('notice-printed');
}
