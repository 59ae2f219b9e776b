import { placeOfNonDigit, type Refused, refuse } from './result.ts';

/** Bank card and account numbers (domain.md §4.9). They stand on forms of the provident fund only. */

export type BankNumberProblem = 'length' | 'digits' | 'check-digit';
export type BankNumberResult = { ok: true; number: string } | Refused<BankNumberProblem>;

/** A person's card: 16 to 19 digits, the last one after Luhn (ISO/IEC 7812). Spaces and hyphens of the print go. */
export function parseBankCard(text: string): BankNumberResult {
  const parsed = parseDigits(text, 16, 19, '银行卡号');
  if (!parsed.ok || luhnSum(parsed.number) % 10 === 0) return parsed;
  return refuse('check-digit', `银行卡号末位（第 ${parsed.number.length} 位）与前面各位不符，请核对`);
}

/** A company's account: 8 to 32 digits; banks number them as they please, so there is nothing more to check. */
export function parseCompanyAccount(text: string): BankNumberResult {
  return parseDigits(text, 8, 32, '单位账号');
}

function parseDigits(text: string, min: number, max: number, name: string): BankNumberResult {
  const number = text.replace(/[\s-]+/gu, '');
  if (number.length < min || number.length > max) return refuse('length', `${name}应为 ${min} 至 ${max} 位`);
  const place = placeOfNonDigit(number);
  return place > 0 ? refuse('digits', `${name}第 ${place} 位不是数字`) : { ok: true, number };
}

function luhnSum(number: string): number {
  return [...number].reverse().reduce((sum, char, at) => {
    const doubled = Number(char) * (at % 2 === 1 ? 2 : 1);
    return sum + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
}
