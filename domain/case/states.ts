/** States of a case (办件状态, domain.md §3.3). */
export const STATE_NAMES = {
  DRAFT: '草稿',
  PRE_REVIEW: '预审中',
  PRE_FAILED: '预审不合格',
  PRE_PASSED: '预审合格',
  WAITING: '已取号',
  CALLED: '已叫号',
  AT_WINDOW: '窗口办理',
  ACCEPTED: '已受理',
  NOT_ACCEPTED: '不予受理',
  PARALLEL: '并联办理',
  SUPPLEMENT: '待补正',
  NOTICE: '公告中',
  SITE_VISIT: '实地查看',
  REVIEWED: '审核通过',
  APPROVED: '审批通过',
  PAY_WAIT: '待缴费',
  BOOKED: '已登簿',
  PRINTING: '缮证中',
  PRINTED: '已缮证',
  QC_FAILED: '质检不合格',
  READY: '待领证',
  PICKUP_CALLED: '领证叫号',
  SHIPPED: '已寄出',
  ISSUED: '已发证',
  ARCHIVED: '已归档',
  REJECTED: '不予登记',
  WITHDRAWN: '已撤回',
  VOIDED: '作废',
} as const;

export type CaseState = keyof typeof STATE_NAMES;

export const CASE_STATES = Object.keys(STATE_NAMES) as CaseState[];

/** States in which nothing is left to be done for the applicant: the clocks have ended. */
export const ENDED_STATES: readonly CaseState[] = [
  'NOT_ACCEPTED',
  'ISSUED',
  'ARCHIVED',
  'REJECTED',
  'WITHDRAWN',
  'VOIDED',
];
