import { asksMortgage, asksPrice, asksProperty, disposes } from '../catalogue/asks.ts';
import type { Item } from '../catalogue/types.ts';
import { isCalendarDate } from '../identity/citizenId.ts';
import { parseArea } from '../numbers/area.ts';
import { parseCertificateNumber } from '../numbers/certificateNumber.ts';
import { districtOf, isOtherRegistrar } from '../numbers/district.ts';
import { MAX_FEN } from '../numbers/money.ts';
import { parsePhone } from '../numbers/phone.ts';
import { parsePostcode } from '../numbers/postcode.ts';
import { parseUnitNumber } from '../numbers/unitNumber.ts';
import type { Delivery, MortgageTerms } from './details.ts';
import type { AcceptanceDraft, AcceptanceProblem } from './problem.ts';
import type { Property } from './types.ts';

/** What is wrong with the unit, its price, its mortgage and the way the result is to be handed over. */
export function findPropertyProblems(draft: AcceptanceDraft, item: Item): AcceptanceProblem[] {
  const { property, priceFen, mortgage, delivery } = draft;
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
  if (priceFen !== undefined && asksPrice(item)) {
    add('price', 'priceFen', isAmount(priceFen) ? null : '交易价格应大于 0，精确到分');
  }
  if (mortgage && asksMortgage(item)) problems.push(...findMortgageProblems(mortgage));
  if (delivery) problems.push(...findDeliveryProblems(delivery));
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

function isAmount(fen: number): boolean {
  return Number.isSafeInteger(fen) && fen > 0 && fen <= MAX_FEN;
}

function findMortgageProblems({ amountFen, from, to }: MortgageTerms): AcceptanceProblem[] {
  const problems: AcceptanceProblem[] = [];
  const add = (field: string, message: string) =>
    problems.push({ code: 'mortgage', path: `mortgage.${field}`, message });
  if (!isAmount(amountFen)) add('amountFen', '担保债权数额应大于 0，精确到分');
  if (from !== undefined && !isCalendarDate(from)) add('from', '债务履行起始日期有误');
  if (to !== undefined && !isCalendarDate(to)) add('to', '债务履行届满日期有误');
  if (from !== undefined && to !== undefined && problems.length === 0 && to < from) {
    add('to', '债务履行届满日期早于起始日期');
  }
  return problems;
}

function findDeliveryProblems(delivery: Delivery): AcceptanceProblem[] {
  const problems: AcceptanceProblem[] = [];
  const add = (field: string, message: string) =>
    problems.push({ code: 'delivery', path: `delivery.${field}`, message });
  if (delivery.method === 'mail') {
    if (!delivery.receiver?.trim()) add('receiver', '邮寄的请填写收件人');
    if (!delivery.phone) add('phone', '邮寄的请填写收件人电话');
    if (!delivery.address?.trim()) add('address', '邮寄的请填写收件地址');
  }
  const phone = delivery.phone ? parsePhone(delivery.phone) : null;
  if (phone && !phone.ok) add('phone', phone.message);
  const postcode = delivery.postcode ? parsePostcode(delivery.postcode) : null;
  if (postcode && !postcode.ok) add('postcode', postcode.message);
  return problems;
}
