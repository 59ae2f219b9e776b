import { always, when } from './row.ts';
import type { FundGroup, FundItem, ItemMaterial } from './types.ts';

type Words = Pick<FundItem, 'name' | 'gloss' | 'initials' | 'materials'> &
  Partial<Pick<FundItem, 'targetMinutes' | 'linkedItems' | 'property' | 'statutoryDays'>>;

/** The fund's promise for every one of its items (S13). */
const PROMISED_WORKING_DAYS = 3;

/**
 * @param statutoryDays of the law for the items of this group; null where it sets none
 * @param common papers of every item of the group
 * @returns a writer of rows of one group. All are derived: the city published the number 42 and no list (domain.md §2.9).
 */
export function fundRowsOf(group: FundGroup, statutoryDays: number | null, common: readonly ItemMaterial[] = []) {
  return (code: string, { materials, ...words }: Words): FundItem => ({
    business: 'provident-fund',
    group,
    code,
    enabled: true,
    origin: 'derived',
    type: null,
    floor: 2,
    output: 'none',
    applicancy: 'unilateral',
    fee: 'F0',
    promise: { unit: 'working-days', amount: PROMISED_WORKING_DAYS },
    housingCheck: false,
    statutoryDays,
    targetMinutes: null,
    linkedItems: [],
    property: false,
    materials: [...common, ...materials, ...when('agent', 'F07')],
    ...words,
  });
}

/** The six papers of a loan (S12). */
export const LOAN_PAPERS: readonly ItemMaterial[] = always('F01', 'F02', 'F03', 'F04', 'F05', 'F06');
