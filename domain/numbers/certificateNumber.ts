import { type Refused, refuse } from './result.ts';

/** 证号 (domain.md §4.6): `吉(2018)辽源市不动产权第0000001号`. A terminal reads them; only the centre gives one. */

/** Province, year, place, kind, running number. Some places print 6 digits, so 5 to 9 are read. */
const PATTERN =
  /^[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]\(\d{4}\).{2,20}?(不动产权|不动产证明)第\d{5,9}号$/u;

const PROVINCES = /^[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]/u;

const LEGACY_MAX = 100;

export type CertificateNumberResult =
  | { ok: true; number: string; kind: 'certificate' | 'proof'; legacy: false }
  /** A paper from before the unified registration (条例 第三十三条): still valid, its number has no fixed form. */
  | { ok: true; number: string; kind: null; legacy: true }
  | Refused<'form' | 'length'>;

/**
 * Brackets become ASCII and spaces go; digits stay as printed on the paper. A text that names 不动产 claims to be of the
 * unified form and must have it; anything else is taken as an old number, such as `辽房权证龙山字第12345号`.
 */
export function parseCertificateNumber(text: string): CertificateNumberResult {
  const number = text.replace(/\s+/gu, '').replaceAll('（', '(').replaceAll('）', ')');
  const length = [...number].length;
  if (length < 1 || length > LEGACY_MAX) return refuse('length', '原证号应为 1 至 100 字');
  const match = PATTERN.exec(number);
  if (match) return { ok: true, number, kind: match[1] === '不动产权' ? 'certificate' : 'proof', legacy: false };
  return number.includes('不动产')
    ? refuse('form', describeForm(number))
    : { ok: true, number, kind: null, legacy: true };
}

/** The first part that is not as printed. */
function describeForm(number: string): string {
  if (!/^[\u4e00-\u9fff]\(/u.test(number)) return '原证号开头应为省简称加括号，如“吉(2018)”';
  if (!PROVINCES.test(number)) return '原证号第 1 字不是省简称，如“吉”';
  if (!/^.\(\d{4}\)/u.test(number)) return '原证号第 3 至 6 字应为四位年份';
  if (!/^.{7}.{2,20}?不动产(权|证明)第/u.test(number)) return '原证号年份后应为市县名和“不动产权第”或“不动产证明第”';
  if (!/第\d{5,9}号/u.test(number)) return '原证号“第”“号”之间应为 7 位数字';
  return '原证号应以“号”结尾，后面不能有别的字';
}

/** @param given `sequence` from 1, at most seven digits @returns the number as it is printed and stored, ASCII brackets */
export function formatCertificateNumber(given: {
  province: string;
  year: number;
  name: string;
  kind: 'certificate' | 'proof';
  sequence: number;
}): string {
  const { province, year, name, kind, sequence } = given;
  if (!Number.isInteger(sequence) || sequence < 1 || sequence > 9_999_999) throw new RangeError('certificate sequence');
  const title = kind === 'certificate' ? '不动产权' : '不动产证明';
  return `${province}(${year})${name}${title}第${String(sequence).padStart(7, '0')}号`;
}
