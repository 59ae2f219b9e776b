import { placeOfNonDigit, type Refused, refuse } from './result.ts';

/** Mainland mobile, or landline with its area code; 0437 is Liaoyuan and has seven digits (domain.md §4.9). */
const LANDLINE = /^(?:0437-?\d{7}|(?!0437)0\d{2,3}-?\d{7,8})$/;

export type PhoneProblem = 'digits' | 'mobile-length' | 'mobile-prefix' | 'area-code' | 'landline';
export type PhoneResult = { ok: true; phone: string; kind: 'mobile' | 'landline' } | Refused<PhoneProblem>;

/** A number that can be dialled as written. */
export function parsePhone(text: string): PhoneResult {
  const place = placeOfNonDigit(text.replace(/(?<=^0\d{2,3})-/, '0'));
  if (place > 0) return refuse('digits', `电话号码第 ${place} 位不是数字`);
  if (LANDLINE.test(text)) return { ok: true, phone: text, kind: 'landline' };
  if (text.startsWith('0437')) return refuse('landline', '辽源固定电话应为 0437 加 7 位号码');
  if (text.startsWith('0')) return refuse('landline', '固定电话应为区号加 7 或 8 位号码');
  if (!text.startsWith('1')) return refuse('area-code', '固定电话前要加区号，如 0437');
  if (text.length !== 11) return refuse('mobile-length', '手机号码应为 11 位');
  if (!/^1[3-9]/.test(text)) return refuse('mobile-prefix', '手机号码第 2 位应为 3 至 9');
  return { ok: true, phone: text, kind: 'mobile' };
}
