import { isPlausibleBirth, parseCitizenId } from '../identity/citizenId.ts';
import { parseUnitNumber, UNIT_NUMBER_WARNINGS, type UnitNumberWarning } from '../numbers/unitNumber.ts';
import type { AcceptanceDraft } from './problem.ts';

/** Something odd that stands in nobody's way: shown beside the field, never asked about. */
export interface AcceptanceWarning {
  code: 'birth-implausible' | UnitNumberWarning;
  path: string;
  message: string;
}

/** @param today local calendar day, ISO */
export function findAcceptanceWarnings(
  { parties, property }: Pick<AcceptanceDraft, 'parties' | 'property'>,
  today: string,
): AcceptanceWarning[] {
  const warnings = parties.flatMap(({ kind, idNumber }, index): AcceptanceWarning[] => {
    const id = kind === 'person' ? parseCitizenId(idNumber) : null;
    if (!id?.ok || isPlausibleBirth(id.value.birth, today)) return [];
    const message = '身份证号第 7 至 14 位的出生日期少见，请核对';
    return [{ code: 'birth-implausible', path: `parties.${index}.idNumber`, message }];
  });
  const unit = property.unitNumber === undefined ? null : parseUnitNumber(property.unitNumber);
  const ofUnit = unit?.ok ? unit.warnings : [];
  return [
    ...warnings,
    ...ofUnit.map((code) => ({ code, path: 'property.unitNumber', message: UNIT_NUMBER_WARNINGS[code] })),
  ];
}
