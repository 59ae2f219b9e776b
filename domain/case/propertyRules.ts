import { asksProperty, disposes } from '../catalogue/asks.ts';
import type { Item } from '../catalogue/types.ts';
import { parseArea } from '../numbers/area.ts';
import { parseCertificateNumber } from '../numbers/certificateNumber.ts';
import { districtOf, isOtherRegistrar } from '../numbers/district.ts';
import { parseUnitNumber } from '../numbers/unitNumber.ts';
import type { AcceptanceDraft, AcceptanceProblem } from './problem.ts';
import type { Property } from './types.ts';

/** What is wrong with the unit, and what the register holds against it. */
export function findPropertyProblems(draft: AcceptanceDraft, item: Item): AcceptanceProblem[] {
  const { property } = draft;
  const problems: AcceptanceProblem[] = [];
  const add = (code: AcceptanceProblem['code'], path: string, message: string | null) => {
    if (message !== null) problems.push({ code, path, message });
  };
  if (property.location.trim() === '' && asksProperty(item)) add('property-location', 'property.location', '缺坐落');
  if (property.unitNumber !== undefined) problems.push(...findUnitProblems(property.unitNumber));
  if (property.area) {
    const area = parseArea(property.area);
    add('property-area', 'property.area', area.ok ? null : area.message);
  }
  if (property.certificate !== undefined) {
    const certificate = parseCertificateNumber(property.certificate.number);
    add('certificate-number', 'property.certificate', certificate.ok ? null : certificate.message);
  }
  add('encumbered', 'property.encumbrances', describeStop(property, item));
  return problems;
}

function findUnitProblems(unitNumber: string): AcceptanceProblem[] {
  const path = 'property.unitNumber';
  const unit = parseUnitNumber(unitNumber);
  if (!unit.ok) return [{ code: 'unit-number', path, message: unit.message }];
  if (!isOtherRegistrar(unit.number)) return [];
  const name = districtOf(unit.number)?.name;
  const where = name ? `不动产在${name}，由${name}不动产登记机构办理` : '不动产单元号第 1 至 6 位不属辽源市辖区';
  return [{ code: 'other-registrar', path, message: `${where}：请出具不予受理告知书并告知有权机构` }];
}

/** A seal stops every disposal, an objection too until it has lapsed; consent does not help (domain.md §3.5). */
function describeStop({ encumbrances = [] }: Property, item: Item): string | null {
  if (!disposes(item)) return null;
  if (encumbrances.includes('seal')) return '不动产已被查封，不能办理处分登记';
  return encumbrances.includes('objection') ? '不动产有异议登记，异议未失效前不能办理处分登记' : null;
}
