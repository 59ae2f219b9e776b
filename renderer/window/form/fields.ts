import {
  CO_OWNERSHIPS,
  HOUSE_USES,
  LAND_NATURES,
  LAND_USES,
  MORTGAGE_WAYS,
  SEAL_KINDS,
} from '../../../domain/case/details.ts';

/** Fields that only some items ask for, by the path of the problem each answers; kept as typed, empty or absent: none. */
export const FIELD_PATHS = [
  'coOwnership',
  'property.area',
  'property.use',
  'property.landUse',
  'property.landNature',
  'priceFen',
  'mortgage.way',
  'mortgage.amountFen',
  'mortgage.from',
  'mortgage.to',
  'seal.kind',
  'seal.authority',
  'seal.document',
  'seal.from',
  'seal.to',
  'seal.deliveredAt',
  'objection',
  'delivery.method',
  'delivery.receiver',
  'delivery.phone',
  'delivery.address',
  'link.contractNumber',
] as const;

export type FieldPath = (typeof FIELD_PATHS)[number];

export type Fields = Partial<Record<FieldPath, string>>;

/** The code lists behind the fields that are chosen and not typed. */
export const FIELD_CODES = {
  coOwnership: CO_OWNERSHIPS,
  'property.use': HOUSE_USES,
  'property.landUse': LAND_USES,
  'property.landNature': LAND_NATURES,
  'mortgage.way': MORTGAGE_WAYS,
  'seal.kind': SEAL_KINDS,
} as const satisfies Partial<Record<FieldPath, Readonly<Record<string, { code: string; name: string }>>>>;

export type CodedPath = keyof typeof FIELD_CODES;

/** @returns the chosen key, or undefined when nothing or something unknown stands there */
export function chosen<P extends CodedPath>(fields: Fields, path: P): keyof (typeof FIELD_CODES)[P] | undefined {
  const key = fields[path];
  return key !== undefined && Object.hasOwn(FIELD_CODES[path], key)
    ? (key as keyof (typeof FIELD_CODES)[P])
    : undefined;
}
