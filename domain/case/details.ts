/** Fields of an acceptance that not every item asks for (domain.md §4.14), all optional, with their code lists (§4.10). */

/** What a party may have beside name, paper and telephone. */
export interface PartyDetails {
  /** 份额 as written, `1/2` or `50%`; of holders only. */
  share?: string | undefined;
  postcode?: string | undefined;
  /** Card or account into which the provident fund pays, or from which it is repaid; on no registration. */
  bankNumber?: string | undefined;
}

/** Codes of 房屋用途. */
export const HOUSE_USES = {
  dwelling: { code: '1', name: '住宅' },
  commerce: { code: '2', name: '商业' },
  office: { code: '3', name: '办公' },
  industry: { code: '4', name: '工业' },
  storage: { code: '5', name: '仓储' },
  garage: { code: '6', name: '车库' },
  other: { code: '99', name: '其它' },
} as const;

export type HouseUse = keyof typeof HOUSE_USES;

/** Column of the fee table (domain.md §2.7). Whether a garage has a certificate of its own is a fee class, not a use. */
export function feeUseOf(use: HouseUse): 'residential' | 'other' {
  return use === 'dwelling' ? 'residential' : 'other';
}

/** What the register holds against a unit: 查封, 异议, 预告, 抵押. */
export type Encumbrance = 'seal' | 'objection' | 'notice' | 'mortgage';

export interface PropertyDetails {
  /** Square metres as written, `89.50`; never a float. */
  area?: string | undefined;
  use?: HouseUse | undefined;
  /** As the register showed them to the clerk; absent: not looked up. */
  encumbrances?: Encumbrance[] | undefined;
}

/** Codes of 共有方式. */
export const CO_OWNERSHIPS = {
  sole: { code: '0', name: '单独所有' },
  joint: { code: '1', name: '共同共有' },
  shares: { code: '2', name: '按份共有' },
  other: { code: '3', name: '其它共有' },
} as const;

export type CoOwnership = keyof typeof CO_OWNERSHIPS;

export interface MortgageTerms {
  /** 担保债权数额, or the highest amount of a maximum-amount mortgage; whole fen. */
  amountFen: number;
  /** 债务履行期限, local calendar days, ISO. */
  from?: string | undefined;
  to?: string | undefined;
}

/** Codes of 领证方式. */
export const DELIVERY_METHODS = {
  mail: { code: '1', name: '邮寄' },
  window: { code: '2', name: '窗口' },
  machine: { code: '3', name: '自助打证机' },
  electronic: { code: '4', name: '电子证照' },
} as const;

/** Who gets the result, and how. Mail asks for receiver, telephone and address. */
export interface Delivery {
  method: keyof typeof DELIVERY_METHODS;
  receiver?: string | undefined;
  phone?: string | undefined;
  address?: string | undefined;
  postcode?: string | undefined;
}

export interface AcceptanceDetails {
  coOwnership?: CoOwnership | undefined;
  /** 交易价格 in whole fen. */
  priceFen?: number | undefined;
  mortgage?: MortgageTerms | undefined;
  delivery?: Delivery | undefined;
}
