import { placeOfNonDigit, type Refused, refuse, squeeze } from './result.ts';

/** 不动产单元号 (domain.md §4.3, GB/T 37346-2019): 28 characters, no check digit. */

/** County 6, cadastral district 3 and sub-district 3; parcel feature 2 and sequence 5; fixture feature 1 and number 8. */
const LENGTH = 28;

/** Second letter of the parcel feature: the standard's, and K, L in use for forest land. */
const PARCEL_KINDS = 'ABSXCDEFHGWYKL';

export type UnitNumberProblem =
  | 'length'
  | 'digits'
  | 'parcel-owner'
  | 'parcel-kind'
  | 'fixture-kind'
  | 'land'
  | 'virtual';

/** Odd, and yet seen in real registers: said, not refused. */
export type UnitNumberWarning = 'parcel-kind-unknown' | 'parcel-kind-unusual' | 'parcel-sequence-zero';

export type UnitNumberResult =
  | { ok: true; number: string; virtual: boolean; warnings: UnitNumberWarning[] }
  | Refused<UnitNumberProblem>;

/**
 * Spaces are dropped and letters raised before checking: people type the number in its four printed groups.
 * @param from virtual units, which stand for something not yet surveyed, are taken from the centre and never made here
 */
export function parseUnitNumber(text: string, from: 'centre' | 'typed' = 'typed'): UnitNumberResult {
  const number = squeeze(text);
  if (number.length !== LENGTH) return refuse('length', '不动产单元号应为 28 位');
  const misplaced = findMisplaced(number);
  if (misplaced) return misplaced;
  const virtual = number.slice(6, 12) === '000000' || number.endsWith('F99999999');
  if (virtual && from !== 'centre') return refuse('virtual', '虚拟单元号（第 7 至 12 位或末 9 位）只能由中心下发');
  return { ok: true, number, virtual, warnings: findWarnings(number) };
}

function findMisplaced(number: string): Refused<UnitNumberProblem> | null {
  const digit = placeOfNonDigit(number.slice(0, 12));
  if (digit > 0) return refuse('digits', `不动产单元号第 ${digit} 位应为数字`);
  if (!/[GJZ]/.test(number.charAt(12))) return refuse('parcel-owner', '不动产单元号第 13 位应为 G、J 或 Z');
  if (!/[A-Z]/.test(number.charAt(13))) return refuse('parcel-kind', '不动产单元号第 14 位应为字母');
  const parcel = placeOfNonDigit(number.slice(14, 19));
  if (parcel > 0) return refuse('digits', `不动产单元号第 ${parcel + 14} 位应为数字`);
  if (!/[FLQW]/.test(number.charAt(19))) return refuse('fixture-kind', '不动产单元号第 20 位应为 F、L、Q 或 W');
  const fixture = placeOfNonDigit(number.slice(20));
  if (fixture > 0) return refuse('digits', `不动产单元号第 ${fixture + 20} 位应为数字`);
  if (number.charAt(19) === 'W' && !number.endsWith('W00000000')) {
    return refuse('land', '不动产单元号第 20 位为 W（土地）时，第 21 至 28 位应全为 0');
  }
  return null;
}

function findWarnings(number: string): UnitNumberWarning[] {
  const [owner, kind] = [number.charAt(12), number.charAt(13)];
  const warnings: UnitNumberWarning[] = [];
  if (!PARCEL_KINDS.includes(kind)) warnings.push('parcel-kind-unknown');
  // Collective ownership and rural house sites are collective land.
  else if ((kind === 'A' || kind === 'C') && owner === 'G') warnings.push('parcel-kind-unusual');
  if (number.slice(14, 19) === '00000') warnings.push('parcel-sequence-zero');
  return warnings;
}

export const UNIT_NUMBER_WARNINGS: Record<UnitNumberWarning, string> = {
  'parcel-kind-unknown': '不动产单元号第 14 位的字母少见，请核对',
  'parcel-kind-unusual': '不动产单元号第 13、14 位不常见：集体土地才用 A、C，请核对',
  'parcel-sequence-zero': '不动产单元号第 15 至 19 位全为 0，请核对',
};

/** `220402 001002 GB00012 F00030045`: the four groups of the printed form. */
export function formatUnitNumber(number: string): string {
  return `${number.slice(0, 6)} ${number.slice(6, 12)} ${number.slice(12, 19)} ${number.slice(19)}`;
}
