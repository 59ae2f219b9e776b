import { type Refused, refuse } from './result.ts';

/** Money is kept as whole fen and shown in yuan (domain.md §4.9): 550.00 yuan are 55,000 fen. */

/** One hundred thousand million yuan: more than any house, and far below what a double holds exactly. */
export const MAX_FEN = 10_000_000_000_000;

export type MoneyProblem = 'form' | 'decimals' | 'range';
export type MoneyResult = { ok: true; fen: number } | Refused<MoneyProblem>;

/** Reads `550`, `550.5`, `1,234,567.00`; a sign, an exponent or a third decimal is refused and never rounded. */
export function parseYuan(text: string): MoneyResult {
  const plain = text.trim().replace(/[¥￥]\s*/u, '');
  const [, grouped, decimals = ''] = /^(\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.(\d+))?$/u.exec(plain) ?? [];
  if (grouped === undefined) return refuse('form', '金额应为数字，如 550.00，单位为元');
  if (decimals.length > 2) return refuse('decimals', '金额小数点后最多 2 位（到分）');
  const fen = Number(grouped.replace(/[,，]/gu, '') + decimals.padEnd(2, '0'));
  return fen > MAX_FEN ? refuse('range', '金额过大，请核对位数') : { ok: true, fen };
}
