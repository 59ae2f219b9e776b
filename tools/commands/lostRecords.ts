import type { LostRange } from '../../db/salvage/gather.ts';

/** Says on stderr, in words, what nothing on this machine has any more. */
export function sayLost(lost: readonly LostRange[]): void {
  if (lost.length === 0) console.error('本机办理的记录没有缺失。');
  for (const { epoch, from, to } of lost)
    console.error(
      `缺失：第 ${epoch} 纪元第 ${from} 至 ${to} 条。中心已有的，连接后自动取回；其余请按留存的受理凭证补录。`,
    );
}
