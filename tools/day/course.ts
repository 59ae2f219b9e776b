import type { OfficeAdvance, OfficeChange } from '../../contract/office.ts';
import { owedFen } from '../../domain/case/guards.ts';
import { areParallelLanesSettled, isLinkedLoan, LANES, type Lane, PARALLEL_LANES } from '../../domain/case/lanes.ts';
import type { CaseRecord } from '../../domain/case/types.ts';
import { CATALOGUE } from '../../domain/catalogue/catalogue.ts';
import { proposeFee } from '../../domain/fee/proposeFee.ts';
import type { StaffRole } from '../../domain/staff/roles.ts';
import type { Fate } from './plan.ts';
import type { Chance } from './random.ts';

/** What comes next in the life of a case. */
export type Step =
  | { kind: 'act'; role: StaffRole; change: OfficeChange }
  | { kind: 'pay'; amountFen: number }
  /** What was paid goes back. */
  | { kind: 'refund' }
  /** Something elsewhere has to happen first: looked at again later. */
  | { kind: 'wait' };

export interface CourseContext {
  record: CaseRecord;
  fate: Fate;
  chance: Chance;
  /** Local calendar day, ISO. */
  day: string;
  /** The mortgage that secures this loan, when it has been accepted. */
  mortgage: CaseRecord | null;
  /** Who is second when a blank is spoiled. */
  witness: string;
  takeBlank(kind: 'certificate' | 'proof'): string;
}

/** The next step of a case with this fate, from where it stands; null when nothing more is done on this day. */
export function nextStep(context: CourseContext): Step | null {
  const { record, fate } = context;
  if (fate === 'waiting' && record.history.length > 3 && context.chance.next() < 0.2) return null;
  const rule = COURSE[record.state];
  return rule ? rule(context) : null;
}

type Rule = (context: CourseContext) => Step | null;

const COURSE: Partial<Record<CaseRecord['state'], Rule>> = {
  AT_WINDOW: ({ fate }) =>
    fate === 'refuse-without-notice'
      ? advance('WIN', { transition: 'T11', data: { deemed: true } })
      : advance('WIN', { transition: 'T12', data: {} }),
  PARALLEL: stepInParallel,
  SITE_VISIT: () => advance('REV1', { transition: 'T22', data: { report: '四至相符，界址清楚' } }),
  SUPPLEMENT: ({ fate }) =>
    fate === 'supplement-open'
      ? null
      : advance('WIN', {
          transition: 'T16',
          data: { received: [{ code: 'M09', form: 'original', copies: 1, pages: 2 }] },
        }),
  REVIEWED: ({ record, fate, chance }) => {
    if (fate === 'reject') {
      return advance('APP', { transition: 'T41', data: { ground: 'unresolved-dispute', reason: '权属争议未解决' } });
    }
    // Half of them pay while the file is still upstairs.
    if (owedFen(record) > 0 && fate !== 'unpaid' && chance.next() < 0.5) return pay(record);
    if (fate === 'withdraw-after-payment' && record.payments.length > 0) return withdraw(record);
    return claimed(record, 'APP') ?? advance('APP', { transition: 'T24', data: { opinion: '核准' } });
  },
  APPROVED: stepWhenApproved,
  PAY_WAIT: ({ record, fate }) => (fate === 'unpaid' ? null : pay(record)),
  BOOKED: ({ record, takeBlank }) =>
    claimed(record, 'PRT') ??
    advance('PRT', {
      transition: 'T28',
      data: {
        blanks: record.certificates
          .filter(({ blank }) => blank === null)
          .map(({ number, kind }) => ({ number, blank: takeBlank(kind) })),
      },
    }),
  PRINTING: ({ record, fate, witness }) =>
    fate === 'misprint' && !hasSpoiled(record)
      ? advance('PRT', { transition: 'T30', data: spoiled(record, 'jam', '卡纸', witness) })
      : advance('PRT', { transition: 'T29', data: {} }),
  PRINTED: ({ record, fate, witness }) => {
    const claim = claimed(record, 'QC');
    if (claim) return claim;
    return fate === 'quality-check-fails' && !hasSpoiled(record)
      ? advance('QC', { transition: 'T32', data: spoiled(record, 'misprint', '印章偏移', witness) })
      : advance('QC', { transition: 'T31', data: { opinion: '与登记簿相符' } });
  },
  READY: ({ record, fate }) => {
    const [holder] = record.acceptance.parties;
    if (fate !== 'express') return advance('WIN', { transition: 'T33', data: { window: record.acceptance.window } });
    const express = {
      receiver: holder?.name ?? '权利人',
      phone: '13800000001',
      address: record.acceptance.property.location,
      carrier: '邮政速递',
      trackingNumber: `EA${record.acceptance.number.slice(-9)}CN`,
    };
    return advance('WIN', { transition: 'T36', data: { express } });
  },
  PICKUP_CALLED: ({ record, fate }) => {
    if (fate === 'no-show' && record.pickup?.calls === 1) return advance('WIN', { transition: 'T35', data: {} });
    const [holder] = record.acceptance.parties;
    const receiver = {
      name: holder?.name ?? '权利人',
      idKind: holder?.idKind ?? 'other',
      idNumber: holder?.idNumber ?? '无',
    };
    return advance('WIN', { transition: 'T34', data: { receiver, slipReturned: true } });
  },
  SHIPPED: ({ chance }) =>
    chance.next() < 0.3 ? advance('WIN', { transition: 'T37', data: { proof: '签收底单' } }) : null,
  ISSUED: archive,
  NOT_ACCEPTED: archive,
  REJECTED: archive,
  WITHDRAWN: (context) => (isRefundOpen(context.record) ? { kind: 'refund' } : archive(context)),
};

function stepInParallel(context: CourseContext): Step | null {
  const { record, fate, chance } = context;
  if (fate === 'withdraw' && record.history.length > 4) return withdraw(record);
  for (const lane of PARALLEL_LANES) {
    const { state } = record.lanes[lane];
    if (state === 'PENDING') return laneStep(lane, { lane, event: 'claim' });
    if (state === 'CLAIMED') return workOn(context, lane);
    if (state === 'RETURNED') return supplement(context);
    if (state === 'BLOCKED') return laneStep(lane, { lane, event: 'unblock' });
  }
  if (!areParallelLanesSettled(record.lanes)) return null;
  if (fate === 'notice' && record.notices.length === 0) {
    return advance('REV2', { transition: 'T18', data: { text: '拟登记公告', until: '2026-12-14' } });
  }
  const asksAgain = fate === 'supplement' && record.supplements.length === 1 && chance.next() < 0.2;
  if (asksAgain) return supplement(context);
  return claimed(record, 'REV2') ?? advance('REV2', { transition: 'T23', data: { opinion: '同意' } });
}

/** The task of a parallel lane that somebody has in hand. */
function workOn(context: CourseContext, lane: Lane): Step | null {
  const { record, fate, chance, day } = context;
  const happened = (step: string) => record.history.some((entry) => entry.step === step);
  if (lane === 'REV1' && (fate === 'supplement' || fate === 'supplement-open') && record.supplements.length === 0) {
    return supplement(context);
  }
  if (lane === 'REV1' && fate === 'site-visit' && record.route?.siteVisit && !happened('T21')) {
    return advance('REV1', { transition: 'T21', data: { reason: '核对四至' } });
  }
  if (fate === 'returned' && lane !== 'FEE' && !record.history.some(({ step }) => step.endsWith(':return'))) {
    return laneStep(lane, { lane, event: 'return', note: '材料有一页不清' });
  }
  if (lane !== 'FEE' && chance.next() < 0.02 && !happened(`${lane}:block`)) {
    return laneStep(lane, { lane, event: 'block', note: '等申请人确认' });
  }
  if (lane !== 'FEE') return laneStep(lane, { lane, event: 'done' });
  const fee = proposeFee(record, CATALOGUE, day, { use: 'residential' });
  if (!fee.ok) throw new Error(`no fee for ${record.acceptance.itemCode}: ${fee.asks}`);
  return laneStep(lane, { lane, event: 'done', fee: { lines: fee.lines, payer: fee.payer || '申请人' } });
}

function stepWhenApproved(context: CourseContext): Step | null {
  const { record, mortgage, fate } = context;
  if (fate === 'withdraw-after-payment' && record.payments.length > 0) return withdraw(record);
  if (record.route?.business === 'provident-fund') {
    if (!isLinkedLoan(record.acceptance.itemCode)) {
      return advance('FEE', { transition: 'T45', data: { note: '已办结' } });
    }
    if (mortgage === null) return null;
    if (mortgage.bookedAt === null) return { kind: 'wait' };
    return advance('FEE', { transition: 'T45', data: { note: '已放款', linkedCaseId: mortgage.id } });
  }
  const claim = claimed(record, 'BOOK');
  if (claim) return claim;
  const output = record.route?.output ?? 'none';
  const holders = record.acceptance.parties.filter(({ role }) => role === 'holder').map(({ name }) => name);
  const isShared = fate === 'archive' && holders.length > 1 && output === 'certificate';
  const kind = output === 'proof' ? ('proof' as const) : ('certificate' as const);
  const groups = isShared ? holders.map((holder) => [holder]) : [holders.length > 0 ? holders : ['登记权利人']];
  const certificates = output === 'none' ? [] : groups.map((each) => ({ kind, holders: each }));
  return advance('BOOK', { transition: 'T27', data: { certificates } });
}

const ARCHIVED_TODAY: readonly Fate[] = ['archive', 'refuse', 'reject', 'withdraw', 'withdraw-after-payment'];

function archive({ record, fate, day }: CourseContext): Step | null {
  if (!ARCHIVED_TODAY.includes(fate)) return null;
  return (
    claimed(record, 'ARC') ?? advance('ARC', { transition: 'T39', data: { list: `${day.replaceAll('-', '')}-01` } })
  );
}

function supplement({ record }: CourseContext): Step {
  const isSecond = record.supplements.length > 0;
  const paper = { material: 'M09', text: '抵押合同', why: '缺签字页', ...(isSecond && { arisen: '换了合同' }) };
  return advance('REV1', { transition: 'T15', data: { missing: [paper], deadline: '2026-12-07' } });
}

function withdraw(record: CaseRecord): Step {
  const signed = record.acceptance.parties.filter(({ role }) => role !== 'agent').map(({ name }) => name);
  return advance('WIN', { transition: 'T40', data: { reason: '双方协商撤回', signed } });
}

function pay(record: CaseRecord): Step {
  return { kind: 'pay', amountFen: owedFen(record) };
}

function isRefundOpen({ payments }: CaseRecord): boolean {
  const count = (kind: 'paid' | 'refunded') => payments.filter((each) => each.kind === kind).length;
  return count('paid') > count('refunded');
}

function hasSpoiled({ certificates }: CaseRecord): boolean {
  return certificates.some(({ spoiled: papers }) => papers.length > 0);
}

function spoiled(record: CaseRecord, reason: 'jam' | 'misprint', note: string, witness: string) {
  const blank = record.certificates.find((each) => each.blank !== null)?.blank;
  if (!blank) throw new Error('nothing is on the printer');
  return { blank, reason, note, witness };
}

/** Claims the task of a lane in turn, when nobody has yet. */
function claimed(record: CaseRecord, lane: Lane): Step | null {
  return record.lanes[lane].state === 'PENDING' ? laneStep(lane, { lane, event: 'claim' }) : null;
}

function laneStep(lane: Lane, change: Extract<OfficeChange, { kind: 'lane' }>['change']): Step {
  return { kind: 'act', role: LANES[lane].role, change: { kind: 'lane', change } };
}

function advance(role: StaffRole, step: OfficeAdvance): Step {
  return { kind: 'act', role, change: { kind: 'advance', advance: step } };
}
