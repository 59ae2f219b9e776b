/** Unified social credit code 统一社会信用代码 (domain.md §4.2, GB 32100-2015). */

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

export type CreditCodeProblem = 'length' | 'alphabet' | 'check-digit';
export type CreditCodeResult = { ok: true; code: string } | { ok: false; code: string; problem: CreditCodeProblem };

/**
 * Length and alphabet are hard errors; a failed check digit is a warning a supervisor may override, because a few
 * genuine early codes fail it (domain.md §4.2).
 */
export function parseCreditCode(text: string): CreditCodeResult {
  const code = text.trim().toUpperCase();
  if (code.length !== 18) return { ok: false, code, problem: 'length' };
  let sum = 0;
  for (let i = 0; i < 18; i++) {
    const value = ALPHABET.indexOf(code.charAt(i));
    if (value < 0) return { ok: false, code, problem: 'alphabet' };
    if (i < 17) sum += value * (WEIGHTS[i] ?? 0);
  }
  const check = ALPHABET.charAt((31 - (sum % 31)) % 31);
  return check === code.charAt(17) ? { ok: true, code } : { ok: false, code, problem: 'check-digit' };
}
