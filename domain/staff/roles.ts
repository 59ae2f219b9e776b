/** What a member of staff may be (domain.md §3.1). One person may have several, within the two-person rule. */
export const STAFF_ROLES = {
  GUIDE: '导办',
  PRE: '预审',
  WIN: '综合窗口',
  TAX: '税务',
  HOU: '住建',
  FEE: '收费',
  REV1: '初审',
  REV2: '复审',
  APP: '审批',
  BOOK: '登簿',
  PRT: '缮证',
  QC: '质检',
  ARC: '档案',
  SUP: '值班主任',
  ADM: '系统管理',
  AUD: '审计',
} as const;

export type StaffRole = keyof typeof STAFF_ROLES;
