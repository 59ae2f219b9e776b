import { placeOfNonDigit, type Refused, refuse } from './result.ts';

export type PostcodeResult =
  | {
      ok: true;
      postcode: string;
      /** Of Liaoyuan (136…): elsewhere the delivery is no same-city one (S49). */
      local: boolean;
    }
  | Refused<'length' | 'digits'>;

/** 邮政编码 (domain.md §4.9): six digits. */
export function parsePostcode(text: string): PostcodeResult {
  const postcode = text.trim();
  if (postcode.length !== 6) return refuse('length', '邮政编码应为 6 位');
  const place = placeOfNonDigit(postcode);
  if (place > 0) return refuse('digits', `邮政编码第 ${place} 位不是数字`);
  return { ok: true, postcode, local: postcode.startsWith('136') };
}
