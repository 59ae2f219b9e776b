import type { Advance } from '../../domain/case/advance.ts';
import type { CaseFile } from '../../domain/case/types.ts';
import { hallDay, hallDayOf } from '../../domain/time/hallTime.ts';
import type { ServiceContext } from '../context.ts';

/**
 * 未当场书面告知不予受理的，视为受理 (不动产登记暂行条例 §17): a refusal of an earlier day whose notice was never printed is
 * an acceptance, from the hour of hand-in. One whose notice was printed, but whose end a crash kept from being written, ends.
 * @returns how many cases went on
 */
export function deemRefusals(context: ServiceContext): number {
  const { store, config, now } = context;
  const today = hallDay(now());
  const left = store.cases
    .underWay(['AT_WINDOW'])
    .map(({ record }) => record)
    .filter(({ refusal, acceptance }) => refusal !== null && acceptance.window === config.terminal.id)
    .filter((record) => isPrinted(record) || hallDayOf(record.acceptedAt) < today);
  for (const record of left) {
    const body: Advance = isPrinted(record)
      ? { transition: 'T12', data: {} }
      : { transition: 'T11', data: { deemed: true } };
    store.ledger.append({ kind: 'case.advanced', stream: `case:${record.id}`, actor: 'system', body });
  }
  if (left.length > 0) context.committed(left.map(({ id }) => `case:${id}`));
  return left.length;
}

function isPrinted({ slips }: CaseFile): boolean {
  return slips.some((each) => each.slip === 'refusal');
}
