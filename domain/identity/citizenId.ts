import { placeOfNonDigit, type Refused, refuse } from '../numbers/result.ts';

/** Citizen identity number 公民身份号码 (domain.md §4.1, GB 11643-1999). */

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARS = '10X98765432';

export type CitizenIdProblem = 'length' | 'alphabet' | 'birth-date' | 'check-digit' | 'old-number';

export interface CitizenId {
  /** Normalised to 18 characters, `X` in capitals. */
  number: string;
  /** ISO date. */
  birth: string;
  sex: 'male' | 'female';
}

export type CitizenIdResult = { ok: true; value: CitizenId } | Refused<CitizenIdProblem>;

/** The check character for the first 17 digits (ISO 7064 MOD 11-2). Also used by the permanent-residence card of 2023. */
export function checkCharacter(first17: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += (first17.charCodeAt(i) - 48) * (WEIGHTS[i] ?? 0);
  return CHECK_CHARS.charAt(sum % 11);
}

/**
 * Parses an 18-character number. Unknown address codes pass: codes of abolished counties stay in old numbers, and
 * numbers beginning with 9 (permanent residence) have none (domain.md §4.1). 15-digit numbers are refused as
 * `old-number`: they are accepted only in old files, never for new applicants.
 */
export function parseCitizenId(text: string): CitizenIdResult {
  const number = text.trim().toUpperCase();
  if (/^\d{15}$/.test(number)) return refuse('old-number', '15 位旧号码不能用于新申请，请核对证件');
  if (number.length !== 18) return refuse('length', '身份证号应为 18 位');
  const place = placeOfNonDigit(number.replace(/X$/, '0'));
  if (place > 0) return refuse('alphabet', `身份证号第 ${place} 位有误：只能是数字，末位可为 X`);
  const birth = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  if (!isCalendarDate(birth)) return refuse('birth-date', '身份证号第 7 至 14 位不是有效日期');
  if (checkCharacter(number) !== number.charAt(17)) {
    return refuse('check-digit', '身份证号第 18 位校验位不符，请逐位核对');
  }
  return { ok: true, value: { number, birth, sex: number.charCodeAt(16) % 2 === 1 ? 'male' : 'female' } };
}

/** True for an existing day written `YYYY-MM-DD` (1900-02-29 is not one). */
export function isCalendarDate(iso: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

const OLDEST_YEARS = 120;

/**
 * False for a birth after today or more than 120 years ago: to be looked at, not refused (domain.md §4.1).
 * @param today local calendar day, ISO
 */
export function isPlausibleBirth(birth: string, today: string): boolean {
  const oldest = `${String(Number(today.slice(0, 4)) - OLDEST_YEARS).padStart(4, '0')}${today.slice(4)}`;
  return birth <= today && birth >= oldest;
}
