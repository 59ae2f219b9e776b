import type { Taken } from '../../db/salvage/takeSurvivors.ts';

/** Says on stderr, in words, what nothing on this machine has any more, as far as it can be known. */
export function sayLost({ lost, endKnown }: Pick<Taken, 'lost' | 'endKnown'>): void {
  for (const { epoch, from, to } of lost)
    console.error(
      `缺失：第 ${epoch} 纪元第 ${from} 至 ${to} 条。中心已有的，连接后自动取回；其余请按留存的受理凭证补录。`,
    );
  if (!endKnown)
    console.error(
      '出事前最后办到哪一条，本机已无记录可查，可能还有缺失。请先连接中心，取回中心已有的；再拿留存的受理凭证与当日清单核对，缺的补录。',
    );
  else if (lost.length === 0) console.error('本机办理的记录没有缺失。');
}
