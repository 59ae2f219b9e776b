import { type Refused, refuse } from './result.ts';

export type AreaProblem = 'form' | 'decimals' | 'range' | 'zero';
export type AreaResult = { ok: true; area: string } | Refused<AreaProblem>;

/**
 * 面积 in square metres (domain.md §4.9): decimal(15, 2…4), above zero. Kept as text and never made a float: what the
 * certificate says must come back digit by digit. Written with at least two decimals.
 */
export function parseArea(text: string): AreaResult {
  const [, whole, decimals = ''] = /^(\d+)(?:\.(\d+))?$/.exec(text.trim()) ?? [];
  if (whole === undefined) return refuse('form', '面积应为数字，如 89.50');
  if (decimals.length > 4) return refuse('decimals', '面积小数点后最多 4 位');
  const digits = whole.replace(/^0+(?=\d)/, '');
  if (digits.length > 11) return refuse('range', '面积小数点前最多 11 位');
  if (/^0*$/.test(digits + decimals)) return refuse('zero', '面积应大于 0');
  return { ok: true, area: `${digits}.${decimals.padEnd(2, '0')}` };
}
