import { type Refused, refuse } from '../numbers/result.ts';

/** Unified social credit code 统一社会信用代码 (domain.md §4.2, GB 32100-2015). */

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

export type CreditCodeProblem = 'length' | 'alphabet' | 'check-digit';
export type CreditCodeResult = { ok: true; code: string } | ({ code: string } & Refused<CreditCodeProblem>);

/**
 * Length and alphabet are hard errors; a failed check digit is a warning a supervisor may override, because a few
 * genuine early codes fail it (domain.md §4.2).
 */
export function parseCreditCode(text: string): CreditCodeResult {
  const code = text.trim().toUpperCase();
  if (code.length !== 18) return { code, ...refuse('length', '统一社会信用代码应为 18 位') };
  let sum = 0;
  for (let i = 0; i < 18; i++) {
    const value = ALPHABET.indexOf(code.charAt(i));
    if (value < 0) {
      return { code, ...refuse('alphabet', `统一社会信用代码第 ${i + 1} 位含有不允许的字符（不用 I O S V Z）`) };
    }
    if (i < 17) sum += value * (WEIGHTS[i] ?? 0);
  }
  const check = ALPHABET.charAt((31 - (sum % 31)) % 31);
  if (check === code.charAt(17)) return { ok: true, code };
  return { code, ...refuse('check-digit', '统一社会信用代码第 18 位校验位不符') };
}
