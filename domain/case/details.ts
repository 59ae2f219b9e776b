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

/** 土地用途: the classes of GB/T 21010 that come before a hall of this city; their codes there. */
export const LAND_USES = {
  dwelling: { code: '0701', name: '城镇住宅用地' },
  'rural-dwelling': { code: '0702', name: '农村宅基地' },
  commerce: { code: '05', name: '商服用地' },
  industry: { code: '0601', name: '工业用地' },
  storage: { code: '0604', name: '仓储用地' },
  public: { code: '08', name: '公共管理与公共服务用地' },
  farming: { code: '01', name: '耕地' },
  forest: { code: '03', name: '林地' },
  other: { code: '12', name: '其他土地' },
} as const;

export type LandUse = keyof typeof LAND_USES;

/** 土地权利性质 with the codes of 不动产登记数据库标准. */
export const LAND_NATURES = {
  allocated: { code: '101', name: '划拨' },
  granted: { code: '102', name: '出让' },
  contributed: { code: '103', name: '作价出资（入股）' },
  leased: { code: '104', name: '租赁' },
  authorised: { code: '105', name: '授权经营' },
  'household-contract': { code: '201', name: '家庭承包' },
  'other-contract': { code: '202', name: '其他方式承包' },
  approved: { code: '203', name: '批准拨用' },
} as const;

export type LandNature = keyof typeof LAND_NATURES;

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
  landUse?: LandUse | undefined;
  landNature?: LandNature | undefined;
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

/** Codes of 抵押方式. */
export const MORTGAGE_WAYS = {
  ordinary: { code: '1', name: '一般抵押' },
  maximum: { code: '2', name: '最高额抵押' },
} as const;

export type MortgageWay = keyof typeof MORTGAGE_WAYS;

export interface MortgageTerms {
  /** 抵押方式; absent in cases accepted before it was asked. */
  way?: MortgageWay | undefined;
  /** 担保债权数额, or the highest amount of a maximum-amount mortgage; whole fen. */
  amountFen: number;
  /** 债务履行期限, local calendar days, ISO. */
  from?: string | undefined;
  to?: string | undefined;
}

/** Codes of 查封类型. */
export const SEAL_KINDS = {
  seal: { code: '1', name: '查封' },
  queued: { code: '2', name: '轮候查封' },
  'pre-sale': { code: '3', name: '预查封' },
  'queued-pre-sale': { code: '4', name: '轮候预查封' },
  renewed: { code: '5', name: '续封' },
} as const;

export type SealKind = keyof typeof SEAL_KINDS;

/** What the court's papers say, and when they were served: of two courts the first served comes first (domain.md §3.5). */
export interface SealOrder {
  /** Absent for the release of a seal. */
  kind?: SealKind | undefined;
  /** 查封机关, at most 100 characters. */
  authority: string;
  /** 查封文号, at most 200 characters. */
  document: string;
  /** 查封起止, local calendar days, ISO. */
  from?: string | undefined;
  to?: string | undefined;
  /** 送达时间 to the second, ISO instant. */
  deliveredAt: string;
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
  seal?: SealOrder | undefined;
  /** 异议事项, at most 200 characters. */
  objection?: string | undefined;
  delivery?: Delivery | undefined;
}
