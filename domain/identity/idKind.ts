/** 证件种类 (domain.md §4.10). */
export type IdKind = 'resident' | 'hmt-residence' | 'permanent-residence' | 'credit-code' | 'other';
