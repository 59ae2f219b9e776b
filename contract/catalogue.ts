import { z } from 'zod';
import type { Catalogue, FeeRow, FundItem, Item } from '../domain/catalogue/types.ts';
import { condition, ITEM_CODE, MATERIAL_CODE } from './ops/codes.ts';
import { findRepeated, parsePublication } from './publication.ts';

/** Schema of an item catalogue: the one built in, and one a centre may send later. Strict: an unknown key is refused. */

const words = (max: number) => z.string().trim().min(1).max(max);
const itemCode = z.string().regex(ITEM_CODE);
const materialCode = z.string().regex(MATERIAL_CODE);
const workingDays = z.int().min(1).max(30);
const materialForm = z.enum(['original', 'viewed', 'shared']);

const limit = z.union([
  z.strictObject({ unit: z.literal('minutes'), amount: z.int().min(1).max(480) }),
  z.strictObject({ unit: z.literal('working-days'), amount: workingDays }),
]);

const promise = z.union([
  limit,
  z.strictObject({
    unit: z.literal('working-days'),
    byProjectKind: z.strictObject({ INDUSTRIAL: workingDays, DEVELOPER: workingDays }),
  }),
]);

const itemMaterial = z
  .strictObject({ material: materialCode, when: condition.optional(), unless: condition.optional() })
  .refine((entry) => entry.when === undefined || entry.unless === undefined, {
    path: ['unless'],
    message: 'either when or unless',
  });

const itemColumns = {
  code: itemCode,
  name: words(60),
  initials: z.string().regex(/^[a-z]{1,60}$/),
  gloss: words(120),
  enabled: z.boolean(),
  origin: z.enum(['seed', 'split', 'derived']),
  applicancy: z.enum([
    'joint',
    'joint-or-unilateral',
    'unilateral',
    'unilateral-or-entrusted',
    'entrusted',
    'ex-officio',
  ]),
  materials: z.array(itemMaterial).min(1).max(30),
};

const registrationItem = z.strictObject({
  ...itemColumns,
  business: z.literal('registration'),
  group: z.enum(['A', 'B', 'C', 'D', 'X']),
  type: z.literal([100, 200, 300, 400, 500, 600, 700, 800, 900]),
  floor: z.literal([2, 3, '3e']),
  output: z.enum(['certificate', 'proof', 'certificate-or-proof', 'none']),
  fee: z.enum(['F0', 'F1', 'F80', 'F½', 'FG', 'F0/F1']),
  promise,
  statutoryWorkingDays: workingDays,
  housingCheck: z.boolean(),
});

const fundItem = z.strictObject({
  ...itemColumns,
  business: z.literal('provident-fund'),
  group: z.enum(['G', 'W', 'P']),
  type: z.null(),
  floor: z.literal(2),
  output: z.literal('none'),
  fee: z.literal('F0'),
  promise: limit,
  housingCheck: z.literal(false),
  statutoryDays: z.int().min(1).max(60).nullable().describe('calendar days'),
  targetMinutes: z.int().min(1).max(480).nullable(),
  linkedItems: z.array(itemCode).max(5),
  property: z.boolean(),
});

const item = z.discriminatedUnion('business', [registrationItem, fundItem]);

const material = z.strictObject({
  code: materialCode,
  name: words(60),
  forms: z.array(materialForm).min(1).max(3),
  hint: words(60),
  derived: z.literal(true).optional(),
});

const feeRow = z.strictObject({
  class: z.enum(['F0', 'F1', 'F80', 'F½', 'FG', 'extra-copy']),
  use: z.enum(['residential', 'other', 'any']),
  amountFen: z.int().min(0).max(10_000_000).describe('integer fen'),
  basis: words(60),
  validFrom: z.iso.date(),
});

export const catalogueSchema = z
  .strictObject({
    version: z.string().regex(/^\d{4}\.\d{1,3}$/),
    validFrom: z.iso.date(),
    items: z.array(item).min(1).max(500),
    materials: z.array(material).min(1).max(99),
    fees: z.array(feeRow).min(1).max(500),
  })
  .superRefine((catalogue, context) => {
    for (const { path, message } of findContradictions(catalogue)) {
      context.addIssue({ code: 'custom', path, message });
    }
  }) satisfies z.ZodType<Catalogue>;

interface Contradiction {
  path: (string | number)[];
  message: string;
}

/** What no single cell shows: codes used twice, references to nothing, a fee class without an amount. */
function findContradictions({ items, materials, fees }: Catalogue): Contradiction[] {
  const known = new Set(materials.map((entry) => entry.code));
  return [
    ...findRepeated(items.map(({ code }) => code)).map((at) => ({
      path: ['items', at, 'code'],
      message: 'used twice',
    })),
    ...findRepeated(materials.map(({ code }) => code)).map((at) => ({
      path: ['materials', at, 'code'],
      message: 'used twice',
    })),
    ...findRepeated(fees.map((row) => `${row.class} ${row.use} ${row.validFrom}`)).map((at) => ({
      path: ['fees', at],
      message: 'a second row of this class, use and day',
    })),
    ...items.flatMap((entry, at) =>
      findItemContradictions(entry, known, { items, fees }).map(({ path, message }) => ({
        path: ['items', at, ...path],
        message,
      })),
    ),
  ];
}

function findItemContradictions(
  item: Item,
  known: ReadonlySet<string>,
  { items, fees }: Pick<Catalogue, 'items' | 'fees'>,
): Contradiction[] {
  const found: Contradiction[] = [];
  if (!item.code.startsWith(item.group)) found.push({ path: ['group'], message: 'not the letter of the code' });
  if (item.initials.length !== (item.name.match(/\p{Script=Han}/gu) ?? []).length) {
    found.push({ path: ['initials'], message: 'not one letter per Han character of the name' });
  }
  const codes = item.materials.map((entry) => entry.material);
  for (const at of findRepeated(codes)) found.push({ path: ['materials', at, 'material'], message: 'listed twice' });
  for (const [at, code] of codes.entries()) {
    if (!known.has(code)) found.push({ path: ['materials', at, 'material'], message: 'no such material' });
  }
  if (!hasAmount(item.fee, fees)) found.push({ path: ['fee'], message: 'no amount in the fee table' });
  if (item.business === 'provident-fund') found.push(...findLinkContradictions(item, items));
  return found;
}

/** What a loan waits for is a registration of this catalogue, once. */
function findLinkContradictions({ linkedItems }: FundItem, items: readonly Item[]): Contradiction[] {
  const registrations = new Set(items.filter((item) => item.business === 'registration').map(({ code }) => code));
  return [
    ...findRepeated(linkedItems).map((at) => ({ path: ['linkedItems', at], message: 'listed twice' })),
    ...linkedItems.flatMap((code, at) =>
      registrations.has(code) ? [] : [{ path: ['linkedItems', at], message: 'no such registration' }],
    ),
  ];
}

function hasAmount(feeClass: Item['fee'], fees: readonly FeeRow[]): boolean {
  const classes = feeClass === 'F0/F1' ? (['F0', 'F1'] as const) : [feeClass];
  return classes.every((name) =>
    (['residential', 'other'] as const).every((use) =>
      fees.some((row) => row.class === name && (row.use === use || row.use === 'any')),
    ),
  );
}

/** @throws PublicationError naming every wrong cell by its path, such as `items.3.materials.1.material` */
export function parseCatalogue(value: unknown): Catalogue {
  return parsePublication(catalogueSchema, value);
}
