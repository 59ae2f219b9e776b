import { GROUP_A } from './groupA.ts';
import { MATERIALS } from './materials.ts';
import type { Catalogue, Item, ItemMaterial, Material, MaterialCondition, RegistrationType } from './types.ts';

/** A case keeps the version it was accepted under. */
export const CATALOGUE: Catalogue = { version: '2026.1', items: GROUP_A, materials: MATERIALS };

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

export function findItem(code: string): Item | undefined {
  return CATALOGUE.items.find((item) => item.code === code);
}

export function findMaterial(code: string): Material | undefined {
  return CATALOGUE.materials.find((material) => material.code === code);
}

/** The materials an applicant must bring under the given conditions, in catalogue order. */
export function requiredMaterials(item: Item, conditions: readonly MaterialCondition[]): ItemMaterial[] {
  return item.materials.filter((entry) => entry.when === undefined || conditions.includes(entry.when));
}
