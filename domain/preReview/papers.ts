import { mayDemand } from '../catalogue/asks.ts';
import { findMaterial, requiredMaterials } from '../catalogue/catalogue.ts';
import type { Catalogue, Item, Material, MaterialCondition } from '../catalogue/types.ts';
import type { MaterialAnswer } from './types.ts';

/** Filled in and printed by the terminal at the window: nobody brings them (domain.md §2.8). */
const MADE_AT_WINDOW: readonly string[] = ['M01', 'M28', 'F05', 'F11', 'F12'];

/** 身份证明: seen when the card was read. */
const IDENTITY: readonly string[] = ['M02', 'F01'];

export interface Applied {
  item: Item;
  conditions: readonly MaterialCondition[];
  /** The card of who stands here was read. */
  cardRead: boolean;
}

/**
 * The papers that are asked for one by one, in the order of the catalogue: what must be brought under these conditions.
 * Not asked: what the window makes, what is obtained by data sharing (暂行条例 §24), and the identity of whoever has just
 * laid his card; where both sides apply, the other side's card is.
 */
export function papersAsked(
  { item, conditions, cardRead }: Applied,
  catalogue: Pick<Catalogue, 'materials'>,
): Material[] {
  const isSeen = cardRead && item.applicancy !== 'joint';
  return requiredMaterials(item, conditions).flatMap(({ material: code }) => {
    const material = findMaterial(code, catalogue);
    if (!material || !mayDemand(material) || MADE_AT_WINDOW.includes(code)) return [];
    return isSeen && IDENTITY.includes(code) ? [] : [material];
  });
}

export function isIdentity(code: string): boolean {
  return IDENTITY.includes(code);
}

/** Papers known to be there without a question: the identity that was read. */
export function papersSeen({ item, conditions, cardRead }: Applied): MaterialAnswer[] {
  if (!cardRead || item.applicancy === 'joint') return [];
  return requiredMaterials(item, conditions)
    .filter(({ material }) => IDENTITY.includes(material))
    .map(({ material: code }) => ({ code, has: true }));
}

/**
 * T03 or T04: everything that is missing, at once.
 * @returns null while a paper was not answered
 */
export function judge(asked: readonly Pick<Material, 'code'>[], answers: readonly MaterialAnswer[]): string[] | null {
  const missing: string[] = [];
  for (const { code } of asked) {
    const answer = answers.find((each) => each.code === code);
    if (!answer) return null;
    if (!answer.has) missing.push(code);
  }
  return missing;
}
