/** 行政区划 (domain.md §4.4, GB/T 2260): who registers what, by the first six digits of the unit number. */

export interface District {
  code: string;
  name: string;
  /** This hall's registrar has it; 东丰县 and 东辽县 have their own. */
  own: boolean;
}

export const DISTRICTS: readonly District[] = [
  { code: '220400', name: '辽源市', own: true },
  { code: '220401', name: '辽源市市辖区', own: true },
  { code: '220402', name: '龙山区', own: true },
  { code: '220403', name: '西安区', own: true },
  { code: '220421', name: '东丰县', own: false },
  { code: '220422', name: '东辽县', own: false },
];

/** @returns null for a code that is not of Liaoyuan */
export function districtOf(unitNumber: string): District | null {
  return DISTRICTS.find(({ code }) => unitNumber.startsWith(code)) ?? null;
}

/**
 * Another registrar has this unit: not accepted, and the competent one is named (暂行条例 §17; domain.md §3.5).
 * @param unitNumber 28 characters
 */
export function isOtherRegistrar(unitNumber: string): boolean {
  return districtOf(unitNumber)?.own !== true;
}
