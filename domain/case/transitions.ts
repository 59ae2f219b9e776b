import type { PauseKind } from '../clock/pauses.ts';
import type { StaffRole } from '../staff/roles.ts';
import type { GuardName } from './guardNames.ts';
import type { CaseState } from './states.ts';

/**
 * The legal transitions of a case (domain.md §3.4). What is not listed is illegal and refused with
 * `illegal-transition`. This table is read by reducers, service, centre, pages, tests and docs/case-states.md.
 */

/** 本机完成 · 本机留存，待中心 · 需联网 (design.md §5). */
export type OfflineTier = 'local' | 'local-then-centre' | 'online';

/** `SYS`: the centre by itself; `APPLICANT`: the citizen at the kiosk. */
export type TransitionActor = StaffRole | 'SYS' | 'APPLICANT';

export interface Transition {
  /** `null`: the case does not exist yet. */
  from: readonly (CaseState | null)[];
  event: string;
  /** More than one: the data of the event says which. */
  to: readonly [CaseState, ...CaseState[]];
  /** A state the case passes through in the same moment. */
  through?: CaseState;
  who: readonly TransitionActor[];
  tier: OfflineTier;
  /** Checked by the reducer, in this order. */
  guards?: readonly GuardName[];
  starts?: PauseKind;
  ends?: PauseKind;
  /** Slips it prints (domain.md §3.7). */
  prints?: readonly string[];
}

const BEFORE_BOOKING = [
  'ACCEPTED',
  'PARALLEL',
  'REVIEWED',
  'APPROVED',
  'PAY_WAIT',
  'NOTICE',
  'SUPPLEMENT',
  'SITE_VISIT',
] as const satisfies CaseState[];

const table = {
  T01: { from: [null], event: '开始预审', to: ['DRAFT'], who: ['PRE', 'WIN', 'APPLICANT'], tier: 'local' },
  T02: { from: ['DRAFT'], event: '读证、收件', to: ['PRE_REVIEW'], who: ['PRE', 'WIN', 'APPLICANT'], tier: 'local' },
  T03: {
    from: ['PRE_REVIEW'],
    event: '材料齐全',
    to: ['PRE_PASSED'],
    who: ['PRE', 'WIN'],
    tier: 'local',
    prints: ['SL2'],
  },
  T04: { from: ['PRE_REVIEW'], event: '材料不全', to: ['PRE_FAILED'], who: ['PRE'], tier: 'local', prints: ['SL3'] },
  T05: { from: ['PRE_FAILED'], event: '补齐再来', to: ['PRE_REVIEW'], who: ['PRE'], tier: 'local' },
  T06: {
    from: ['PRE_PASSED'],
    event: '取号',
    to: ['WAITING'],
    who: ['PRE', 'APPLICANT'],
    tier: 'local',
    prints: ['SL1'],
  },
  T07: { from: ['WAITING'], event: '叫号', to: ['CALLED'], who: ['WIN'], tier: 'local' },
  T08: { from: ['CALLED'], event: '到窗', to: ['AT_WINDOW'], who: ['WIN'], tier: 'local' },
  T09: { from: ['CALLED'], event: '过号', to: ['WAITING', 'VOIDED'], who: ['WIN'], tier: 'local' },
  T10: { from: ['AT_WINDOW'], event: '退回预审', to: ['PRE_REVIEW'], who: ['WIN'], tier: 'local' },
  T11: {
    from: ['AT_WINDOW'],
    event: '受理',
    to: ['ACCEPTED'],
    who: ['WIN'],
    tier: 'local-then-centre',
    prints: ['SL4', 'SL6'],
  },
  T12: {
    from: ['AT_WINDOW'],
    event: '不予受理',
    to: ['NOT_ACCEPTED'],
    who: ['WIN'],
    tier: 'local',
    guards: ['refusal-notice'],
    prints: ['SL5'],
  },
  T13: { from: ['AT_WINDOW'], event: '当场更正', to: ['AT_WINDOW'], who: ['WIN'], tier: 'local' },
  T14: { from: ['ACCEPTED'], event: '分派', to: ['PARALLEL'], who: ['SYS'], tier: 'online' },
  T15: {
    from: ['PARALLEL', 'REVIEWED'],
    event: '要求补正',
    to: ['SUPPLEMENT'],
    who: ['REV1', 'REV2'],
    tier: 'online',
    starts: 'P1',
    prints: ['SL7'],
  },
  T16: { from: ['SUPPLEMENT'], event: '补正收件', to: ['PARALLEL'], who: ['WIN'], tier: 'local', ends: 'P1' },
  T17: {
    from: ['SUPPLEMENT'],
    event: '逾期未补正',
    to: ['REJECTED'],
    who: ['APP'],
    tier: 'online',
    guards: ['deadline-passed'],
    ends: 'P1',
    prints: ['SL12'],
  },
  T18: {
    from: ['PARALLEL'],
    event: '公告',
    to: ['NOTICE'],
    who: ['REV2'],
    tier: 'online',
    starts: 'P2',
    prints: ['SL15'],
  },
  T19: {
    from: ['NOTICE'],
    event: '公告期满无异议',
    to: ['PARALLEL'],
    who: ['SYS'],
    tier: 'online',
    guards: ['notice-over'],
    ends: 'P2',
  },
  T20: {
    from: ['NOTICE'],
    event: '异议成立',
    to: ['REJECTED'],
    who: ['APP'],
    tier: 'online',
    ends: 'P2',
    prints: ['SL12'],
  },
  T21: {
    from: ['PARALLEL'],
    event: '实地查看',
    to: ['SITE_VISIT'],
    who: ['REV1'],
    tier: 'online',
    guards: ['site-visit-possible'],
    starts: 'P3',
  },
  T22: { from: ['SITE_VISIT'], event: '查看报告入卷', to: ['PARALLEL'], who: ['REV1'], tier: 'local', ends: 'P3' },
  T23: {
    from: ['PARALLEL'],
    event: '审核通过',
    to: ['REVIEWED'],
    who: ['REV2'],
    tier: 'online',
    guards: ['lanes-settled'],
  },
  T24: {
    from: ['REVIEWED'],
    event: '核定',
    to: ['APPROVED'],
    who: ['APP'],
    tier: 'online',
    guards: ['approver-did-not-accept'],
  },
  T25: {
    from: ['APPROVED'],
    event: '待缴费',
    to: ['PAY_WAIT'],
    who: ['SYS'],
    tier: 'online',
    guards: ['fee-unpaid'],
    starts: 'P4',
    prints: ['SL9'],
  },
  T26: {
    from: ['PAY_WAIT'],
    event: '已缴费',
    to: ['APPROVED'],
    who: ['FEE', 'SYS'],
    tier: 'online',
    guards: ['fee-paid'],
    ends: 'P4',
  },
  T27: {
    from: ['APPROVED'],
    event: '登簿',
    to: ['BOOKED'],
    who: ['BOOK'],
    tier: 'online',
    guards: ['fee-paid', 'registration-item', 'certificates-complete'],
  },
  T28: {
    from: ['BOOKED'],
    event: '缮证',
    to: ['PRINTING'],
    who: ['PRT'],
    tier: 'online',
    guards: ['has-output', 'blanks-for-all'],
  },
  T29: {
    from: ['PRINTING'],
    event: '打印完好',
    to: ['PRINTED'],
    who: ['PRT'],
    tier: 'local',
    guards: ['blanks-bound'],
  },
  T30: {
    from: ['PRINTING'],
    event: '卡纸或打坏',
    to: ['BOOKED'],
    who: ['PRT'],
    tier: 'local',
    guards: ['void-has-witness'],
    prints: ['SL16'],
  },
  T31: {
    from: ['PRINTED'],
    event: '质检合格',
    to: ['READY'],
    who: ['QC'],
    tier: 'online',
    guards: ['checker-did-not-print'],
    prints: ['SL10'],
  },
  T32: {
    from: ['PRINTED'],
    event: '质检不合格',
    to: ['BOOKED'],
    through: 'QC_FAILED',
    who: ['QC'],
    tier: 'local',
    guards: ['checker-did-not-print', 'void-has-witness'],
    prints: ['SL16'],
  },
  T33: { from: ['READY'], event: '叫号取证', to: ['PICKUP_CALLED'], who: ['WIN'], tier: 'local' },
  T34: {
    from: ['PICKUP_CALLED'],
    event: '发证',
    to: ['ISSUED'],
    who: ['WIN'],
    tier: 'local',
    prints: ['SL11'],
  },
  T35: { from: ['PICKUP_CALLED'], event: '未到取证', to: ['READY'], who: ['WIN'], tier: 'local' },
  T36: {
    from: ['READY'],
    event: '快递寄出',
    to: ['SHIPPED'],
    who: ['WIN'],
    tier: 'local',
    prints: ['SL18'],
  },
  T37: { from: ['SHIPPED'], event: '快递签收', to: ['ISSUED'], who: ['WIN', 'SYS'], tier: 'local' },
  T38: {
    from: ['BOOKED'],
    event: '无须发证，办结',
    to: ['ISSUED'],
    who: ['SYS'],
    tier: 'online',
    guards: ['no-output'],
  },
  T39: {
    from: ['ISSUED', 'NOT_ACCEPTED', 'REJECTED', 'WITHDRAWN'],
    event: '归档',
    to: ['ARCHIVED'],
    who: ['ARC'],
    tier: 'online',
    prints: ['SL14'],
  },
  T40: {
    from: BEFORE_BOOKING,
    event: '撤回',
    to: ['WITHDRAWN'],
    who: ['WIN'],
    tier: 'local-then-centre',
    guards: ['all-applicants-signed'],
    prints: ['SL13'],
  },
  T41: {
    from: ['PARALLEL', 'REVIEWED', 'APPROVED'],
    event: '不予登记',
    to: ['REJECTED'],
    who: ['APP'],
    tier: 'online',
    prints: ['SL12'],
  },
  T42: {
    from: ['DRAFT', 'PRE_REVIEW', 'PRE_FAILED', 'PRE_PASSED', 'WAITING', 'CALLED'],
    event: '取消',
    to: ['VOIDED'],
    who: ['PRE', 'WIN', 'APPLICANT'],
    tier: 'local',
  },
  T43: { from: ['DRAFT'], event: '嘱托事项送达', to: ['AT_WINDOW'], who: ['WIN'], tier: 'local' },
  T44: { from: ['PRE_PASSED'], event: '不经排队办理', to: ['AT_WINDOW'], who: ['WIN'], tier: 'local' },
  // Not in domain.md §3.4, which follows a registration: a provident-fund case ends with the decision (ADR 0010).
  T45: {
    from: ['APPROVED'],
    event: '公积金办结',
    to: ['ISSUED'],
    who: ['FEE'],
    tier: 'online',
    guards: ['provident-fund-item', 'linked-case-booked'],
  },
} as const satisfies Record<string, Transition>;

export type TransitionId = keyof typeof table;

export const TRANSITIONS: Readonly<Record<TransitionId, Transition>> = table;

export const TRANSITION_IDS = Object.keys(table) as TransitionId[];
