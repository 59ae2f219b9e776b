import type { AcceptanceDraft, AcceptanceProblem } from '../../../domain/case/acceptanceRules.ts';
import type { AcceptanceDetails, Delivery, PropertyDetails } from '../../../domain/case/details.ts';
import { type Asked, asksOf, mortgageWaysOf, type Need, sealKindsOf } from '../../../domain/catalogue/asks.ts';
import type { Item } from '../../../domain/catalogue/types.ts';
import { parseArea } from '../../../domain/numbers/area.ts';
import { parseDay } from '../../../domain/numbers/day.ts';
import { parseYuan } from '../../../domain/numbers/money.ts';
import { parseHallSecond } from '../../../domain/time/hallSecond.ts';
import { chosen, type FieldPath, type Fields } from './fields.ts';
import type { FormState } from './formState.ts';

/** What the item asks for beside persons and papers, as `case.accept` takes it; what it does not ask for is left out. */
export function detailsOf(form: FormState, item: Item): AcceptanceDetails {
  const { fields } = form;
  const asks = asksOf(item);
  return {
    ...(asks.shares && coOwnershipOf(form)),
    ...(asks.price && filled(fields, 'priceFen') && { priceFen: fenOf(fields.priceFen) }),
    ...(asks.mortgage && mortgageOf(fields, item)),
    ...(asks.seal && sealOf(fields, item)),
    ...(asks.objection && filled(fields, 'objection') && { objection: text(fields, 'objection') }),
    ...(asks.delivery && { delivery: deliveryOf(fields) }),
  };
}

/** Area, uses, and what the register holds against the unit. */
export function propertyDetailsOf({ fields, encumbrances }: FormState, item: Item): PropertyDetails {
  const asks = asksOf(item);
  const use = chosen(fields, 'property.use');
  const landUse = chosen(fields, 'property.landUse');
  const landNature = chosen(fields, 'property.landNature');
  const area = parseArea(text(fields, 'property.area'));
  return {
    ...(asks.area && filled(fields, 'property.area') && { area: area.ok ? area.area : text(fields, 'property.area') }),
    ...(asks.use && use && { use }),
    ...(asks.land && landUse && { landUse }),
    ...(asks.land && landNature && { landNature }),
    ...(asks.register && encumbrances.length > 0 && { encumbrances }),
  };
}

/** Whether each holder's share is asked for: several own, and by shares. */
export function asksShares(form: FormState, item: Item | undefined): boolean {
  if (!item || !asksOf(item).shares) return false;
  return holdersOf(form) > 1 && chosen(form.fields, 'coOwnership') === 'shares';
}

/** Whether 共有方式 is asked for; one holder owns alone. */
export function asksCoOwnership(form: FormState, item: Item | undefined): boolean {
  return item !== undefined && asksOf(item).shares !== undefined && holdersOf(form) > 1;
}

/**
 * What is typed and cannot be read, each with its sentence: the draft cannot carry it. It takes the place of “缺…” at the
 * same path.
 */
export function withTypingProblems(
  problems: readonly AcceptanceProblem[],
  { fields }: FormState,
  item: Item | undefined,
): AcceptanceProblem[] {
  const typing = item ? findTypingProblems(fields, asksOf(item)) : [];
  const known = new Set(problems.map(({ path }) => path));
  return [
    ...problems.map((problem) => typing.find(({ path }) => path === problem.path) ?? problem),
    ...typing.filter(({ path }) => !known.has(path)),
  ];
}

type Reader = (typed: string) => { ok: true } | { ok: false; message: string };

const READERS: readonly [path: FieldPath, asked: Asked, code: AcceptanceProblem['code'], read: Reader][] = [
  ['priceFen', 'price', 'price', parseYuan],
  ['mortgage.amountFen', 'mortgage', 'mortgage', parseYuan],
  ['mortgage.from', 'mortgage', 'mortgage', parseDay],
  ['mortgage.to', 'mortgage', 'mortgage', parseDay],
  ['seal.from', 'seal', 'seal', parseDay],
  ['seal.to', 'seal', 'seal', parseDay],
  ['seal.deliveredAt', 'seal', 'seal', parseHallSecond],
];

function findTypingProblems(fields: Fields, asks: Partial<Record<Asked, Need>>): AcceptanceProblem[] {
  return READERS.flatMap(([path, asked, code, read]) => {
    if (!asks[asked] || !filled(fields, path)) return [];
    const result = read(text(fields, path));
    return result.ok ? [] : [{ code, path, message: result.message }];
  });
}

function coOwnershipOf(form: FormState): Pick<AcceptanceDraft, 'coOwnership'> {
  const holders = holdersOf(form);
  if (holders === 1) return { coOwnership: 'sole' };
  const coOwnership = chosen(form.fields, 'coOwnership');
  return holders > 1 && coOwnership ? { coOwnership } : {};
}

function mortgageOf(fields: Fields, item: Item): Pick<AcceptanceDetails, 'mortgage'> {
  if (!filled(fields, 'mortgage.amountFen')) return {};
  const ways = mortgageWaysOf(item);
  const way = ways.find((each) => each === chosen(fields, 'mortgage.way')) ?? ways[0];
  return { mortgage: { way, amountFen: fenOf(fields['mortgage.amountFen']), ...periodOf(fields, 'mortgage') } };
}

/** Always sent where it is asked: each part that is missing has a sentence of its own. */
function sealOf(fields: Fields, item: Item): Pick<AcceptanceDetails, 'seal'> {
  const kinds = sealKindsOf(item);
  const kind = kinds.find((each) => each === chosen(fields, 'seal.kind'));
  const delivered = parseHallSecond(text(fields, 'seal.deliveredAt'));
  return {
    seal: {
      ...(kind && { kind }),
      authority: text(fields, 'seal.authority'),
      document: text(fields, 'seal.document'),
      ...(kinds.length > 0 && periodOf(fields, 'seal')),
      deliveredAt: delivered.ok ? new Date(delivered.ms).toISOString() : '',
    },
  };
}

function deliveryOf(fields: Fields): Delivery {
  if (fields['delivery.method'] !== 'mail') return { method: 'window' };
  return {
    method: 'mail',
    receiver: text(fields, 'delivery.receiver'),
    phone: text(fields, 'delivery.phone'),
    address: text(fields, 'delivery.address'),
  };
}

function periodOf(fields: Fields, of: 'mortgage' | 'seal'): { from?: string; to?: string } {
  const [from, to] = (['from', 'to'] as const).map((end) => {
    const typed = text(fields, `${of}.${end}`);
    const parsed = parseDay(typed);
    return parsed.ok ? parsed.day : typed;
  });
  return { ...(from && { from }), ...(to && { to }) };
}

/** Nought for what cannot be read: `withTypingProblems` says why. */
function fenOf(typed: string | undefined): number {
  const parsed = parseYuan(typed ?? '');
  return parsed.ok ? parsed.fen : 0;
}

function holdersOf({ parties }: FormState): number {
  return parties.filter(({ role }) => role === 'holder').length;
}

function text(fields: Fields, path: FieldPath): string {
  return fields[path]?.trim() ?? '';
}

function filled(fields: Fields, path: FieldPath): boolean {
  return text(fields, path) !== '';
}
