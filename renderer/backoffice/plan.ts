import { ERRORS } from '../../contract/errors.ts';
import type { Lane, LaneEvent, LaneTask } from '../../domain/case/lanes.ts';
import { type AskedStep, type LegalAct, legalActs } from '../../domain/case/legalActs.ts';
import type { CaseFile } from '../../domain/case/types.ts';
import type { StaffRole } from '../../domain/staff/roles.ts';
import { t } from '../strings/index.ts';
import type { Change, OfficeDialog } from './officeStore.ts';
import type { PrintAct } from './sendPrint.ts';

/** An act as a lane wants it: which one, what is missing, and what it carries or which dialog asks for that. */
export interface Doing {
  label: string;
  target: { transition: AskedStep } | { event: LaneEvent };
  /** What must still be entered; null: nothing. */
  missing: string | null;
  how: { dialog: OfficeDialog } | { change: Change } | { archive: string } | { print: PrintAct };
}

/** What a lane offers: its two main acts, and small ones beside them. */
export interface Plan {
  done: Doing | null;
  back: Doing | null;
  more: Doing[];
}

export interface Worker {
  roles: readonly StaffRole[];
  actor: string;
  /** ISO instant. */
  at: string;
  /** Asking the centre can help. */
  mayReach: boolean;
}

export interface Standing {
  acts: LegalAct[];
  /** The task is free and may be claimed. */
  canClaim: boolean;
  /** Held by somebody else. */
  isTaken: boolean;
}

export function standingOf(record: CaseFile, lane: Lane, worker: Worker): Standing {
  const acts = legalActs(record, worker);
  const { by, state } = record.lanes[lane];
  return {
    acts,
    canClaim: acts.some((act) => act.kind === 'lane' && act.lane === lane && act.event === 'claim' && act.enabled),
    isTaken: (state === 'CLAIMED' || state === 'BLOCKED') && by !== null && by !== worker.actor,
  };
}

/** @returns why it cannot be done now, in words for the person, or null */
export function whyNot(
  { target, missing }: Doing,
  { acts, canClaim }: Standing,
  lane: Lane,
  { mayReach }: Worker,
): string | null {
  const act = acts.find((each) =>
    'transition' in target
      ? each.kind === 'advance' && each.transition === target.transition
      : each.kind === 'lane' && each.lane === lane && each.event === target.event,
  );
  if (!mayReach && (act?.tier ?? 'online') === 'online') return t.office.needsLine;
  if (canClaim) return t.office.claimFirst;
  if (!act) return t.office.notNow;
  if (act.why !== null) return ERRORS[act.why];
  return missing;
}

export const laneChange = (lane: Lane, event: LaneEvent, note?: string): Change => ({
  kind: 'lane',
  change: { lane, event, ...(note !== undefined && { note }) },
});

/** 放回 beside the main acts, while the task is held. */
export function releaseOf(lane: Lane, task: LaneTask): Doing[] {
  if (task.state !== 'CLAIMED') return [];
  const change = laneChange(lane, 'release');
  return [{ label: t.office.release, target: { event: 'release' }, missing: null, how: { change } }];
}

/** In lanes that send nothing back, what cannot be done now is put down again. */
export const putDown = (lane: Lane, task: LaneTask): Doing | null => releaseOf(lane, task)[0] ?? null;

/** 等待申请人 and its end. */
export function blockOf(lane: Lane, task: LaneTask): Doing[] {
  if (task.state === 'BLOCKED') {
    const change = laneChange(lane, 'unblock');
    return [{ label: t.office.unblock, target: { event: 'unblock' }, missing: null, how: { change } }];
  }
  if (task.state !== 'CLAIMED') return [];
  return [{ label: t.office.block, target: { event: 'block' }, missing: null, how: { dialog: 'block' } }];
}

/** Returned with a reason, by a dialog. */
export const returned: Doing = {
  label: t.officeDialog.return.title,
  target: { event: 'return' },
  missing: null,
  how: { dialog: 'return' },
};

/** 不涉及, with a reason, by a dialog. */
export const skipped: Doing = {
  label: t.officeDialog.skip.title,
  target: { event: 'skip' },
  missing: null,
  how: { dialog: 'skip' },
};
