import type { Asked, Need } from '../catalogue/asks.ts';
import { mortgageWaysOf, sealKindsOf } from '../catalogue/asks.ts';
import type { Item } from '../catalogue/types.ts';
import { isCalendarDate } from '../identity/citizenId.ts';
import { MAX_FEN } from '../numbers/money.ts';
import { parsePhone } from '../numbers/phone.ts';
import { parsePostcode } from '../numbers/postcode.ts';
import { hallDayOf } from '../time/hallTime.ts';
import type { Delivery, MortgageTerms, SealOrder } from './details.ts';
import type { AcceptanceDraft, AcceptanceProblem } from './problem.ts';

/**
 * What is wrong with the parts of the form that only some items ask for: price, mortgage, seal, objection, delivery.
 * What an item does not ask for is not looked at: the service drops it.
 * @param asks of `asksOf`
 * @param today local calendar day, ISO
 */
export function findDetailProblems(
  draft: AcceptanceDraft,
  item: Item,
  asks: Partial<Record<Asked, Need>>,
  today: string,
): AcceptanceProblem[] {
  const { priceFen, mortgage, seal, objection, delivery } = draft;
  const problems: AcceptanceProblem[] = [];
  if (asks.price && (asks.price === 'needed' || priceFen !== undefined)) {
    const message = priceFen === undefined ? '缺交易价格' : '交易价格应大于 0，精确到分';
    if (priceFen === undefined || !isAmount(priceFen)) problems.push({ code: 'price', path: 'priceFen', message });
  }
  if (asks.mortgage) problems.push(...findMortgageProblems(mortgage, item));
  if (asks.seal) problems.push(...findSealProblems(seal, item, today));
  if (asks.objection && !objection?.trim()) {
    problems.push({ code: 'objection', path: 'objection', message: '缺异议事项' });
  }
  if (delivery) problems.push(...findDeliveryProblems(delivery));
  return problems;
}

function isAmount(fen: number): boolean {
  return Number.isSafeInteger(fen) && fen > 0 && fen <= MAX_FEN;
}

function findMortgageProblems(terms: MortgageTerms | undefined, item: Item): AcceptanceProblem[] {
  const problems: AcceptanceProblem[] = [];
  const add = (field: string, message: string) =>
    problems.push({ code: 'mortgage', path: `mortgage.${field}`, message });
  const ways = mortgageWaysOf(item);
  const name = ways.length === 1 && ways[0] === 'maximum' ? '最高债权额' : '担保债权数额';
  if (!terms) {
    add('amountFen', `缺${name}`);
    return problems;
  }
  if (terms.way !== undefined && !ways.includes(terms.way)) add('way', '此事项没有这种抵押方式');
  if (!isAmount(terms.amountFen)) add('amountFen', `${name}应大于 0，精确到分`);
  problems.push(...findPeriodProblems('mortgage', terms, { from: '债务履行起始日期', to: '债务履行届满日期' }));
  return problems;
}

function findSealProblems(seal: SealOrder | undefined, item: Item, today: string): AcceptanceProblem[] {
  const problems: AcceptanceProblem[] = [];
  const add = (field: string, message: string) => problems.push({ code: 'seal', path: `seal.${field}`, message });
  const kinds = sealKindsOf(item);
  if (kinds.length > 0 && (seal?.kind === undefined || !kinds.includes(seal.kind))) add('kind', '请选择查封类型');
  if (!seal?.authority.trim()) add('authority', '缺查封机关');
  if (!seal?.document.trim()) add('document', '缺查封文号');
  if (seal) problems.push(...findPeriodProblems('seal', seal, { from: '查封起始日期', to: '查封届满日期' }));
  if (!seal?.deliveredAt) add('deliveredAt', '缺送达时间，须精确到秒');
  else if (hallDayOf(seal.deliveredAt) > today) add('deliveredAt', '送达时间不能晚于今天');
  return problems;
}

function findPeriodProblems(
  code: 'mortgage' | 'seal',
  { from, to }: { from?: string | undefined; to?: string | undefined },
  names: { from: string; to: string },
): AcceptanceProblem[] {
  const problems: AcceptanceProblem[] = [];
  const add = (field: string, message: string) => problems.push({ code, path: `${code}.${field}`, message });
  if (from !== undefined && !isCalendarDate(from)) add('from', `${names.from}有误，如 2026-11-23`);
  if (to !== undefined && !isCalendarDate(to)) add('to', `${names.to}有误，如 2026-11-23`);
  if (from !== undefined && to !== undefined && problems.length === 0 && to < from) {
    add('to', `${names.to}早于${names.from.slice(-4)}`);
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
