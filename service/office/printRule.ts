import { YichuangError } from '../../contract/errors.ts';
import type { OfficeChange } from '../../contract/office.ts';
import type { Prints } from '../../db/prints.ts';
import type { CaseRecord } from '../../domain/case/types.ts';
import { isEnded } from '../../domain/printJob/moves.ts';

/**
 * What the journal of a printer says against a step of the case (devices.md §6.6): nobody calls a print good (T29) before
 * somebody has looked at its paper, and a sheet is not voided (T30) while it is still being sent.
 * @throws YichuangError `print-open`, `printer-printing`
 */
export function checkPrints(prints: Prints, { id, certificates }: CaseRecord, change: OfficeChange): void {
  if (change.kind !== 'advance') return;
  const { transition, data } = change.advance;
  if (transition !== 'T29' && transition !== 'T30') return;
  const held = certificates.map(({ blank }) => blank);
  const open = prints.ofCase(id).filter((job) => held.includes(job.blank) && !isEnded(job.state));
  if (transition === 'T29' && open.length > 0) throw new YichuangError('print-open');
  if (transition === 'T30' && open.some((job) => job.state === 'SENDING' && job.blank === data.blank)) {
    throw new YichuangError('printer-printing');
  }
}
