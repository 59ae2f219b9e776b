import type { MortgageWay, SealKind } from '../case/details.ts';
import type { Catalogue, FundItem, Item, Material } from './types.ts';

/** What the form of an item asks for, read off its columns and papers: a new item of the catalogue needs no code. */

/** Parts of the form beside item, persons, papers and remark. */
export type Asked =
  | 'property'
  /** What the register holds against the unit. */
  | 'register'
  | 'area'
  | 'use'
  /** Use and nature of the land. */
  | 'land'
  | 'price'
  | 'mortgage'
  | 'seal'
  | 'objection'
  /** 共有方式, and the share of each holder. */
  | 'shares'
  | 'bank'
  | 'delivery';

/** `needed`: nothing is accepted without it. */
export type Need = 'needed' | 'optional';

/** Rights to land without a building on it. */
const LAND_ALONE = ['C21', 'C22', 'C23', 'C28', 'C29', 'C30'];

/** 异议登记; its 异议事项 stands on the proof. */
const OBJECTION_PAPER = 'M17';

/** The one table of what is asked where: form, rules and tests read it. */
export function asksOf(item: Item): Partial<Record<Asked, Need>> {
  const isRegistration = item.business === 'registration';
  const givesTitle = isRegistration && item.output === 'certificate';
  const isLandAlone = LAND_ALONE.includes(item.code);
  const asked: Record<Asked, Need | false> = {
    property: asksProperty(item) && 'needed',
    register: disposes(item) && 'optional',
    area: givesTitle && 'optional',
    use: (givesTitle || isRegistration) && !isLandAlone && dependsOnUse(item) && 'optional',
    land: givesTitle && (isLandAlone || item.type === 100) && 'optional',
    price: asksPrice(item) && (takes(item, 'M06', 'M11') ? 'needed' : 'optional'),
    mortgage: asksMortgage(item) && 'needed',
    seal: asksSeal(item) && 'needed',
    objection: takes(item, OBJECTION_PAPER) && 'needed',
    shares: givesTitle && item.applicancy !== 'ex-officio' && 'needed',
    bank: asksBankNumber(item) && (takes(item, 'F06') ? 'needed' : 'optional'),
    delivery: item.output !== 'none' && 'optional',
  };
  return Object.fromEntries(Object.entries(asked).filter(([, need]) => need !== false));
}

function takes(item: Item, ...codes: string[]): boolean {
  return item.materials.some(({ material }) => codes.includes(material));
}

/** The fee of a dwelling is another than that of the rest (domain.md §2.7), and a title names the use. */
function dependsOnUse({ output, fee }: Item): boolean {
  return output === 'certificate' || fee === 'F1' || fee === 'F½';
}

/** 交易价格: where ownership or a use right passes, and where a pre-sale contract is noted. */
export function asksPrice(item: Item): boolean {
  return (item.type === 200 && item.output === 'certificate') || takes(item, 'M11');
}

/** 抵押金额 and the term of the debt: where a contract of the secured claim is handed in. */
export function asksMortgage(item: Item): boolean {
  return takes(item, 'M08', 'M10');
}

/** 抵押方式 that the papers of the item allow; with one only there is nothing to ask. */
export function mortgageWaysOf(item: Item): MortgageWay[] {
  if (!asksMortgage(item)) return [];
  if (takes(item, 'M10')) return ['maximum'];
  // A building under construction is mortgaged either way, with the same papers.
  return takes(item, 'M34') ? ['ordinary', 'maximum'] : ['ordinary'];
}

/** Authority, document and the second of the service: of what a court sends (T43). */
export function asksSeal(item: Item): boolean {
  return item.applicancy === 'entrusted' && takes(item, 'M14');
}

/** 查封类型 of the item; none for the release of a seal. */
export function sealKindsOf(item: Item): SealKind[] {
  if (!asksSeal(item) || item.type !== 800) return [];
  if (item.code === 'A03') return ['seal', 'pre-sale'];
  return ['queued', 'queued-pre-sale', 'renewed'];
}

/** A card or account: the provident fund pays and is paid; a registration never asks for one. */
export function asksBankNumber(item: Item): boolean {
  return item.business === 'provident-fund';
}

/** A house: every registration, and the fund where the money goes into one. */
export function asksProperty(item: Item): boolean {
  return item.business === 'registration' || item.property;
}

/** Nobody applies for what a court orders or the registrar corrects by himself. */
export function hasApplicant(item: Item): boolean {
  return item.applicancy !== 'entrusted' && item.applicancy !== 'ex-officio';
}

/**
 * The loans of the fund that this registration secures, being the last their money waits for (domain.md §2.9): A05 of P03,
 * and not C01 of P02, which only comes before.
 */
export function loansSecuredBy({ code }: Pick<Item, 'code'>, { items }: Pick<Catalogue, 'items'>): FundItem[] {
  return items.flatMap((item) =>
    item.business === 'provident-fund' && item.linkedItems.at(-1) === code ? [item] : [],
  );
}

/** The registration that has to be in the register before the loan's own 90 minutes begin: C01 for P02. */
export function transferBefore(item: Item): string | null {
  return item.business === 'provident-fund' && item.linkedItems.length > 1 ? (item.linkedItems[0] ?? null) : null;
}

/**
 * The holder gives something away or burdens it: what a seal forbids, and a mortgagee must agree to. Not a court's own
 * order (生效法律文书), and not what only corrects, releases or replaces.
 */
export function disposes(item: Item): boolean {
  if (item.business !== 'registration' || takes(item, 'M31')) return false;
  if (item.type === 200 || item.type === 700) return true;
  return item.type === 100 ? item.output === 'proof' : takes(item, 'M36');
}

/**
 * Whether an applicant may be asked to bring it. What is obtained by data sharing may not be demanded (暂行条例 §24);
 * bringing it of one's own accord is another matter.
 */
export function mayDemand(material: Pick<Material, 'forms'>): boolean {
  return material.forms[0] !== 'shared';
}
