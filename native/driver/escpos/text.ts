import iconv from 'iconv-lite';
import { cleanText } from '../../../domain/slip/cleanText.ts';

/** 〓 geta mark, in every GB2312 ROM: stands where a character could not be printed (devices.md §2.2). */
export const GETA_MARK = '〓';
const GETA = [0xa1, 0xfe] as const;

export interface EncodedText {
  bytes: number[];
  /** `U+20BB7` for each 〓 put in, in order and with repeats: the clerk fills the marks in by hand one after another. */
  unprintable: string[];
}

/**
 * Text to the two-byte codes of a Chinese printer's ROM. What is four bytes in GB18030, private use or not encodable at
 * all becomes 〓 and is reported. iconv-lite would put a silent '?': the round trip is compared, never trusted.
 */
export function encodeText(text: string): EncodedText {
  const bytes: number[] = [];
  const unprintable: string[] = [];
  for (const char of cleanText(text)) {
    const code = encodeCharacter(char);
    if (code) {
      bytes.push(...code);
    } else {
      bytes.push(...GETA);
      unprintable.push(nameCodePoint(char));
    }
  }
  return { bytes, unprintable };
}

/** Null when the ROM has no such character. */
function encodeCharacter(char: string): readonly number[] | null {
  const point = char.codePointAt(0) ?? 0;
  if (point >= 0x20 && point <= 0x7e) return [point];
  if (/\p{Co}/u.test(char)) return null;
  const code = iconv.encode(char, 'gb18030');
  if (code.length !== 2 || iconv.decode(code, 'gb18030') !== char) return null;
  return [...code];
}

function nameCodePoint(char: string): string {
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
