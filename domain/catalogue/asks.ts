import type { Item, Material } from './types.ts';

/** What the form of an item asks for, read off its columns and papers: a new item of the catalogue needs no code. */

function takes(item: Item, ...codes: string[]): boolean {
  return item.materials.some(({ material }) => codes.includes(material));
}

/** 交易价格: where ownership or a use right passes, and where a pre-sale contract is noted. */
export function asksPrice(item: Item): boolean {
  return (item.type === 200 && item.output === 'certificate') || takes(item, 'M11');
}

/** 抵押金额 and the term of the debt: where a contract of the secured claim is handed in. */
export function asksMortgage(item: Item): boolean {
  return takes(item, 'M08', 'M10');
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
