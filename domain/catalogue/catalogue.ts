import { FEES } from './fees.ts';
import { FUND_MATERIALS } from './fundMaterials.ts';
import { GROUP_A } from './groupA.ts';
import { GROUP_B } from './groupB.ts';
import { GROUP_C } from './groupC.ts';
import { GROUP_D } from './groupD.ts';
import { GROUP_G } from './groupG.ts';
import { GROUP_P } from './groupP.ts';
import { GROUP_W } from './groupW.ts';
import { GROUP_X } from './groupX.ts';
import { MATERIALS } from './materials.ts';
import type {
  Catalogue,
  Item,
  ItemMaterial,
  Material,
  MaterialCondition,
  RegistrationItem,
  RegistrationType,
} from './types.ts';

/**
 * The catalogue a terminal starts with, until the centre publishes another. A case keeps the version it was accepted
 * under. 2026.1 held group A alone, 2026.2 the 61 of registration; everything in them is still here under the same code
 * and name, so that their slips can be printed again.
 */
export const CATALOGUE: Catalogue = {
  version: '2026.3',
  validFrom: '2026-01-01',
  items: [...[...GROUP_A, ...GROUP_B, ...GROUP_C, ...GROUP_D, ...GROUP_X], ...[...GROUP_G, ...GROUP_W, ...GROUP_P]],
  materials: [...MATERIALS, ...FUND_MATERIALS],
  fees: FEES,
};

/** What a window accepts: the 61 items of the reform. */
export const OFFERED_ITEMS: readonly RegistrationItem[] = [
  ...[...GROUP_A, ...GROUP_B, ...GROUP_C, ...GROUP_D, ...GROUP_X],
].filter((item) => item.enabled);

export const REGISTRATION_TYPE_NAMES: Record<RegistrationType, string> = {
  100: '首次登记',
  200: '转移登记',
  300: '变更登记',
  400: '注销登记',
  500: '更正登记',
  600: '异议登记',
  700: '预告登记',
  800: '查封登记',
  900: '其他登记',
};

/** Any item of a catalogue, offered or not: an old case may have one that is no longer. */
export function findItem(code: string, { items }: Pick<Catalogue, 'items'> = CATALOGUE): Item | undefined {
  return items.find((item) => item.code === code);
}

export function findMaterial(
  code: string,
  { materials }: Pick<Catalogue, 'materials'> = CATALOGUE,
): Material | undefined {
  return materials.find((material) => material.code === code);
}

/** The materials an applicant must bring under the given conditions, in catalogue order. */
export function requiredMaterials(item: Item, conditions: readonly MaterialCondition[]): ItemMaterial[] {
  return item.materials.filter(
    ({ when, unless }) =>
      (when === undefined || conditions.includes(when)) && (unless === undefined || !conditions.includes(unless)),
  );
}
