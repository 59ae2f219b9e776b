import { placeOfNonDigit, type Refused, refuse, squeeze } from './result.ts';

/**
 * 印制号, the preprinted serial of a blank certificate (domain.md §4.7): a letter and 11 digits, of which the first two are
 * the province. It has nothing to do with the certificate number.
 */

/** J 集成版, D 单一版, Z 登记证明. The provincial authority prints the blanks and may take other letters. */
export const BLANK_LETTERS = 'JDZ';

export type BlankSerialProblem = 'length' | 'letter' | 'digits';
export type BlankSerialResult =
  | { ok: true; serial: string; letter: string /** 22 is Jilin. */; province: string; running: number }
  | Refused<BlankSerialProblem>;

/** Reads `NO. J22000000123` as it stands on the paper, or without the `NO.`. */
export function parseBlankSerial(text: string, letters: string = BLANK_LETTERS): BlankSerialResult {
  const serial = squeeze(text).replace(/^NO[.．:：]?(?=[A-Z])/u, '');
  if (serial.length !== 12) return refuse('length', '印制号应为 1 个字母加 11 位数字');
  const letter = serial.charAt(0);
  if (!/^[A-Z]$/.test(letter) || !letters.includes(letter)) {
    return refuse('letter', `印制号第 1 位应为字母 ${[...letters].join('、')} 之一`);
  }
  const digits = serial.slice(1);
  const place = placeOfNonDigit(digits);
  if (place > 0) return refuse('digits', `印制号第 ${place + 1} 位不是数字`);
  return { ok: true, serial, letter, province: digits.slice(0, 2), running: Number(digits.slice(2)) };
}
