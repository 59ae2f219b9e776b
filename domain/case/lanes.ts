import type { Item, Output } from '../catalogue/types.ts';
import { recordOf } from '../recordOf.ts';
import type { StaffRole } from '../staff/roles.ts';
import type { CaseState } from './states.ts';

/** The back-office lanes of a case (domain.md §3.2), one for each department behind the window. */
export type Lane = 'TAX' | 'HOU' | 'FEE' | 'REV1' | 'REV2' | 'APP' | 'BOOK' | 'PRT' | 'QC' | 'ARC';

/** 待办 · 已领取 · 已办 · 退回 · 不涉及 · 等待申请人; `WAITING`: its turn has not come. */
export type LaneState = 'WAITING' | 'PENDING' | 'CLAIMED' | 'DONE' | 'RETURNED' | 'SKIPPED' | 'BLOCKED';

export const LANE_STATE_NAMES: Readonly<Record<LaneState, string>> = {
  WAITING: '未到',
  PENDING: '待办',
  CLAIMED: '已领取',
  DONE: '已办',
  RETURNED: '退回',
  SKIPPED: '不涉及',
  BLOCKED: '等待申请人',
};

export interface LaneRule {
  name: string;
  /** Who works it. */
  role: StaffRole;
  /** Case states in which its task is open. */
  open: readonly CaseState[];
  /** Inside the 60 minutes, in opening minutes; null: no budget (archive). */
  budgetMinutes: number | null;
}

/** Parallel lanes first, then those in turn. Budgets of domain.md §3.2: accept 10 and call 5 are the window's. */
export const LANES: Readonly<Record<Lane, LaneRule>> = {
  TAX: { name: '税务', role: 'TAX', open: ['PARALLEL'], budgetMinutes: 20 },
  HOU: { name: '住建', role: 'HOU', open: ['PARALLEL'], budgetMinutes: 20 },
  FEE: { name: '收费', role: 'FEE', open: ['PARALLEL'], budgetMinutes: 20 },
  REV1: { name: '初审', role: 'REV1', open: ['PARALLEL', 'SITE_VISIT'], budgetMinutes: 20 },
  REV2: { name: '复审', role: 'REV2', open: ['PARALLEL'], budgetMinutes: 10 },
  APP: { name: '审批', role: 'APP', open: ['REVIEWED', 'SUPPLEMENT', 'NOTICE'], budgetMinutes: 5 },
  BOOK: { name: '登簿', role: 'BOOK', open: ['APPROVED'], budgetMinutes: 2 },
  PRT: { name: '缮证', role: 'PRT', open: ['BOOKED', 'PRINTING'], budgetMinutes: 5 },
  QC: { name: '质检', role: 'QC', open: ['PRINTED'], budgetMinutes: 3 },
  ARC: {
    name: '归档',
    role: 'ARC',
    open: ['ISSUED', 'NOT_ACCEPTED', 'REJECTED', 'WITHDRAWN'],
    budgetMinutes: null,
  },
};

export const LANE_CODES = Object.keys(LANES) as Lane[];

export const PARALLEL_LANES = ['TAX', 'HOU', 'FEE', 'REV1'] as const satisfies Lane[];

export interface LaneTask {
  state: LaneState;
  /** ISO instant since which it is in this state. */
  since: string;
  /** ISO instant at which its turn came; null before. Budgets run from here. */
  openedAt: string | null;
  /** Staff number of who claimed or finished it. */
  by: string | null;
  /** What was found, or why it was returned. */
  note: string | null;
}

export type LaneTasks = Readonly<Record<Lane, LaneTask>>;

/** What may be done with a task beside the transition that finishes it. */
export const LANE_EVENTS = ['claim', 'release', 'done', 'return', 'block', 'unblock', 'skip'] as const;
export type LaneEvent = (typeof LANE_EVENTS)[number];

/** From which states a lane event is legal, and where it leads. `done` ends a parallel lane; the others end by a transition. */
export const LANE_MOVES: Readonly<Record<LaneEvent, { from: readonly LaneState[]; to: LaneState; name: string }>> = {
  claim: { from: ['PENDING'], to: 'CLAIMED', name: '领取' },
  release: { from: ['CLAIMED'], to: 'PENDING', name: '放回' },
  done: { from: ['CLAIMED', 'BLOCKED'], to: 'DONE', name: '办结' },
  return: { from: ['CLAIMED'], to: 'RETURNED', name: '退回' },
  block: { from: ['CLAIMED'], to: 'BLOCKED', name: '等待申请人' },
  unblock: { from: ['BLOCKED'], to: 'CLAIMED', name: '继续办理' },
  skip: { from: ['CLAIMED'], to: 'SKIPPED', name: '不涉及' },
};

/** Which lanes may find that a case is none of theirs, with the reason: the item said it was, the papers say it is not. */
export const MAY_SKIP: readonly Lane[] = ['TAX', 'HOU'];

export function isParallelLane(lane: Lane): boolean {
  return (PARALLEL_LANES as readonly Lane[]).includes(lane);
}

/** Every lane before its turn. */
export function noLanes(at: string): LaneTasks {
  return recordOf(LANE_CODES, () => ({ state: 'WAITING', since: at, openedAt: null, by: null, note: null }));
}

/** What the item asks of the back office, fixed at dispatch (T14): a later catalogue does not change a running case. */
export interface Route {
  business: 'registration' | 'provident-fund';
  output: Output;
  skipped: Lane[];
  /** Possible for first registration, construction mortgage and cancellation by loss (不动产登记暂行条例 §19). */
  siteVisit: boolean;
}

/**
 * Tax only on floor 3, housing only where the item asks for it (domain.md §3.2). A provident-fund case has the first
 * review alone before the second.
 */
export function routeOf(item: Pick<Item, 'code' | 'floor' | 'housingCheck' | 'output' | 'type'>): Route {
  const isFund = isProvidentFundCode(item.code);
  const skipped: Lane[] = [];
  if (isFund || item.floor === 2) skipped.push('TAX');
  if (isFund || !item.housingCheck) skipped.push('HOU');
  if (isFund) skipped.push('FEE');
  const isFirstOfRight = item.type === 100 && item.output === 'certificate';
  const siteVisit = isFirstOfRight || item.code === 'C32' || item.code === 'A01';
  return {
    business: isFund ? 'provident-fund' : 'registration',
    output: isFund ? 'none' : item.output,
    skipped,
    siteVisit: siteVisit && !isFund,
  };
}

/** @returns the lanes with the parallel ones opened */
export function dispatchLanes(lanes: LaneTasks, { skipped }: Route, at: string): LaneTasks {
  const next = { ...lanes };
  for (const lane of PARALLEL_LANES) {
    next[lane] = skipped.includes(lane)
      ? { state: 'SKIPPED', since: at, openedAt: null, by: null, note: null }
      : { state: 'PENDING', since: at, openedAt: at, by: null, note: null };
  }
  return next;
}

/** G01–G16, W01–W13, P01–P13 (domain.md §2.9). */
export function isProvidentFundCode(itemCode: string): boolean {
  return /^[GWP]\d{2}$/.test(itemCode);
}

/** The three loans that need a mortgage in the register before they are paid out (S9). */
export function isLinkedLoan(itemCode: string): boolean {
  return itemCode === 'P01' || itemCode === 'P02' || itemCode === 'P03';
}

export function areParallelLanesSettled(lanes: LaneTasks): boolean {
  return PARALLEL_LANES.every((lane) => lanes[lane].state === 'DONE' || lanes[lane].state === 'SKIPPED');
}
