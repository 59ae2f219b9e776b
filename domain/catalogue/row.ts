import type {
  Applicancy,
  FeeClass,
  Floor,
  ItemMaterial,
  ItemOrigin,
  ItemPromise,
  MaterialCondition,
  Output,
  RegistrationGroup,
  RegistrationItem,
  RegistrationType,
} from './types.ts';

/** Columns of an item in the order of the tables of domain.md §2.2–2.5. */
type Columns = readonly [ItemOrigin, RegistrationType, Floor, Output, Applicancy, FeeClass];

type Words = Pick<RegistrationItem, 'name' | 'gloss' | 'initials' | 'materials'> &
  Partial<Pick<RegistrationItem, 'housingCheck' | 'enabled'>>;

/** Registration ends 30 working days after acceptance at the latest (不动产登记暂行条例 第二十条). */
const STATUTORY_WORKING_DAYS = 30;

/** @returns a writer of rows of one group, which share the promise */
export function rowsOf(group: RegistrationGroup, promise: ItemPromise) {
  return (code: string, [origin, type, floor, output, applicancy, fee]: Columns, words: Words): RegistrationItem => ({
    business: 'registration',
    group,
    promise,
    statutoryWorkingDays: STATUTORY_WORKING_DAYS,
    enabled: true,
    housingCheck: false,
    code,
    origin,
    type,
    floor,
    output,
    applicancy,
    fee,
    ...words,
  });
}

export const always = (...codes: string[]): ItemMaterial[] => codes.map((material) => ({ material }));
export const when = (condition: MaterialCondition, ...codes: string[]): ItemMaterial[] =>
  codes.map((material) => ({ material, when: condition }));
export const unless = (condition: MaterialCondition, ...codes: string[]): ItemMaterial[] =>
  codes.map((material) => ({ material, unless: condition }));

/** M01 and M02 always, M03 for an agent, M28 made at the window (domain.md §2.8). */
export const APPLICATION: readonly ItemMaterial[] = [...always('M01', 'M02', 'M28'), ...when('agent', 'M03')];

/** An encumbered unit needs its mortgagee's or notice holder's consent (民法典 第二百二十一条; domain.md §3.5). */
export const CONSENT: readonly ItemMaterial[] = when('encumbered', 'M33');

/** Source of the land, or the certificate it already has; the building, its plan and its survey (domain.md §2.8). */
export const LAND_SOURCE: readonly ItemMaterial[] = [
  ...unless('land-certificate', 'M25'),
  ...when('land-certificate', 'M04'),
];
