import { isCalendarDate } from '../identity/citizenId.ts';
import { placeOfNonDigit, type Refused, refuse, squeeze } from './result.ts';

/**
 * Business numbers (domain.md §4.8): `YYYYMMDD` + 2-digit terminal + 4-digit local sequence, unique without a network. The
 * letter before tells one kind from another, and each kind counts for itself.
 */

/** 受理编号 of a registration has no letter; `G` of the provident fund, `Y` of a pre-review. */
export type NumberKind = '' | 'G' | 'Y';

const MAX_SEQUENCE = 9999;

/** What all numbers of a kind, a day and a terminal begin with. */
export function numberPrefix(day: string, terminal: string, kind: NumberKind = ''): string {
  return kind + day.replaceAll('-', '') + terminal;
}

/**
 * @param day local calendar day, `YYYY-MM-DD`, Asia/Shanghai
 * @param terminal two digits: 01–18 windows, 21/22 pre-review desks, 31 provident-fund hall, 41 branch
 * @param sequence 1…9999, consumed in the transaction that stores the case
 * @throws RangeError when the day's numbers are used up or a part is malformed: a number is never wrapped or shortened
 */
export function formatCaseNumber(day: string, terminal: string, sequence: number, kind: NumberKind = ''): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new RangeError(`day: ${day}`);
  if (!/^\d{2}$/.test(terminal)) throw new RangeError(`terminal: ${terminal}`);
  if (!Number.isInteger(sequence) || sequence < 1 || sequence > MAX_SEQUENCE)
    throw new RangeError(`sequence: ${sequence}`);
  return numberPrefix(day, terminal, kind) + String(sequence).padStart(4, '0');
}

export interface CaseNumberParts {
  kind: NumberKind;
  day: string;
  terminal: string;
  sequence: number;
}

export type CaseNumberProblem = 'length' | 'letter' | 'digits' | 'day' | 'sequence';
export type CaseNumberResult = ({ ok: true; number: string } & CaseNumberParts) | Refused<CaseNumberProblem>;

/** Reads a number typed from a slip. */
export function parseCaseNumber(text: string): CaseNumberResult {
  const number = squeeze(text);
  const letter = /^[A-Z]/.exec(number)?.[0] ?? '';
  const digits = number.slice(letter.length);
  if (digits.length !== 14) return refuse('length', '编号应为 14 位数字，公积金前加 G，预审前加 Y');
  if (!isNumberKind(letter)) return refuse('letter', '编号第 1 位的字母应为 G（公积金）或 Y（预审）');
  const place = placeOfNonDigit(digits);
  if (place > 0) return refuse('digits', `编号第 ${place + letter.length} 位不是数字`);
  const day = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`;
  if (!isCalendarDate(day)) return refuse('day', '编号开头的 8 位数字不是有效日期');
  const sequence = Number(digits.slice(10));
  if (sequence === 0) return refuse('sequence', '编号末 4 位顺序号应从 0001 起');
  return { ok: true, number, kind: letter, day, terminal: digits.slice(8, 10), sequence };
}

function isNumberKind(letter: string): letter is NumberKind {
  return letter === '' || letter === 'G' || letter === 'Y';
}
