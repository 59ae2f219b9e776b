/** Code lists of domain.md §4.10 that stand on certificates; those of the acceptance form are in domain/case/details.ts. */

/** 权利类型. 抵押权 has another code at some centres (23 or 37), so nothing but the name goes on paper. */
export const RIGHT_TYPES = {
  1: '集体土地所有权',
  3: '国有建设用地使用权',
  4: '国有建设用地使用权/房屋（构筑物）所有权',
  5: '宅基地使用权',
  6: '宅基地使用权/房屋（构筑物）所有权',
  7: '集体建设用地使用权',
  8: '集体建设用地使用权/房屋（构筑物）所有权',
  9: '土地承包经营权',
  10: '土地承包经营权/森林、林木所有权',
  11: '林地使用权',
  12: '林地使用权/森林、林木使用权',
  15: '海域使用权',
  19: '地役权',
  23: '抵押权',
  92: '居住权',
  99: '其他',
} as const;

export type RightType = keyof typeof RIGHT_TYPES;

/** 预告种类. */
export const NOTICE_KINDS = {
  1: '预售商品房买卖预告登记',
  2: '其它不动产买卖预告登记',
  3: '预售商品房抵押权预告登记',
  4: '其它不动产抵押权预告登记',
} as const;

export type NoticeKind = keyof typeof NOTICE_KINDS;

/** 抵押方式. */
export const MORTGAGE_KINDS = { 1: '一般抵押', 2: '最高额抵押' } as const;

export type MortgageKind = keyof typeof MORTGAGE_KINDS;

/** 证件种类 as it is printed before a holder's number. */
export const ID_KIND_NAMES = {
  resident: '居民身份证',
  'hmt-residence': '港澳台居民居住证',
  'permanent-residence': '外国人永久居留身份证',
  'credit-code': '统一社会信用代码',
  other: '证件',
} as const;

interface ItemMeaning {
  right?: RightType;
  notice?: NoticeKind;
  mortgage?: MortgageKind;
  /** Printed in 附记 beside the cause. */
  remark?: string;
}

/** What the item alone says about the right; for every other item the register says it. */
export const ITEM_MEANINGS: Readonly<Record<string, ItemMeaning>> = {
  A02: { remark: '换发' },
  A05: { right: 23, mortgage: 1 },
  A06: { right: 23, mortgage: 2 },
  A07: { notice: 1 },
  A08: { notice: 3 },
  A14: { right: 23, mortgage: 1 },
  A15: { right: 23, mortgage: 2 },
  B07: { right: 23 },
  B08: { right: 23 },
  B12: { right: 23 },
  C05: { remark: '补发' },
  C21: { right: 3 },
  C22: { right: 3 },
  C24: { right: 8 },
  C25: { right: 8 },
  C26: { right: 6 },
  C27: { right: 6 },
  C28: { right: 1 },
  C29: { right: 9 },
  C31: { right: 19 },
  C32: { right: 23 },
};
