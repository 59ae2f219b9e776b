import type { VoidReason } from '../case/progress.ts';
import type { BlankForm } from './serial.ts';

/**
 * Custody of blank certificates (domain.md §4.11). Blanks come in packs, a run of serials of one form; a pack is one
 * stream. What becomes of a blank after it was bound stands in its case.
 */

export const PACK_MAX = 100;
/** 领用 by window, fifty at a time (domain.md §4.11). */
export const USUAL_RANGE = 50;

/** Where a blank is, as far as its pack knows. `BOUND`: given to a case for ever. */
export type Custody = 'IN_STORE' | 'ASSIGNED' | 'BOUND' | 'VOID' | 'LOST' | 'DESTROYED';

/** What pages show: of a bound blank, what its case says; `USED` when this machine keeps that case no longer. */
export const BLANK_STATES = {
  IN_STORE: '在库',
  ASSIGNED: '已领用',
  BOUND: '缮证中',
  PRINTED: '已打证',
  ISSUED: '已发证',
  USED: '已使用',
  VOID: '作废',
  LOST: '遗失',
  DESTROYED: '已销毁',
} as const satisfies Record<Custody | 'PRINTED' | 'ISSUED' | 'USED', string>;

export type BlankState = keyof typeof BLANK_STATES;

export interface BlankCustody {
  state: Custody;
  /** The window that has it, or had it last; null while it has never left the store. */
  window: string | null;
  /** ISO instant. */
  since: string;
  /** Once bound, for ever. */
  caseId: string | null;
  certificate: string | null;
}

/** The two sides of a movement: nothing comes from nowhere, nothing goes nowhere. A window stands by its own id. */
export type BlankPlace = 'PROVINCE' | 'STORE' | 'CASE' | 'VOID' | 'LOST' | 'DESTROYED' | (string & {});

/** How a sheet is printed: through a certificate printer of ours, and its journal (domain/printJob), or else by hand. */
export type PrintedThrough = 'printer';

/** What one op moved. */
export interface BlankMovement {
  kind: BlankOpKind;
  /** First serial of the run and its length. */
  first: string;
  count: number;
  from: BlankPlace;
  to: BlankPlace;
  at: string;
  by: string;
  /** The second person, where one is needed. */
  witness: string | null;
  reason: VoidReason | null;
  note: string;
  caseId: string | null;
  certificate: string | null;
  /** Of `blanks.bound`; nothing: by hand. */
  through?: PrintedThrough | null | undefined;
}

export interface PackRecord {
  id: string;
  version: number;
  form: BlankForm;
  prefix: string;
  first: number;
  count: number;
  /** By index from 0; a blank that has never left the store is not listed. */
  serials: Readonly<Record<string, BlankCustody>>;
  /** What the newest op moved. */
  last: BlankMovement;
}

/** Bodies of the ops of a pack. */
export interface BlankBodies {
  'blanks.received': { form: BlankForm; first: string; count: number };
  'blanks.assigned': { from: string; count: number; window: string };
  'blanks.returned': { from: string; count: number; witness: string; note: string };
  /** Made by the centre with T28, in one transaction. `through`: for a printer that keeps a journal; absent: by hand. */
  'blanks.bound': { serial: string; caseId: string; certificate: string; through?: PrintedThrough | undefined };
  /** Only of a blank that is not bound; a bound one is spoiled by T30 or T32 on its case. */
  'blanks.spoiled': { serial: string; reason: VoidReason; witness: string; note: string };
  'blanks.restored': { serial: string; note: string };
  'blanks.lost': { serial: string; witness: string; note: string };
  'blanks.destroyed': { from: string; count: number; witness: string; note: string };
}

export type BlankOpKind = keyof BlankBodies;

/** Bodies of the ops of a day-end count. */
export interface CountBodies {
  'count.closed': {
    window: string;
    /** Local calendar day, ISO. */
    day: string;
    form: BlankForm;
    /** Clean blanks in the drawer, and as they should be by the movements. */
    counted: number;
    expected: number;
    difference: number;
    /** Spoiled papers of the day, kept and cut through their number. */
    papersCounted: number;
    papersExpected: number;
    /** Sheets the journal says went through the printer that day, and those that were bound for it; absent: none. */
    sheets?: number | undefined;
    sheetsExpected?: number | undefined;
    witness: string;
    note: string;
  };
  'count.signed': { note: string };
}

export interface CountRecord {
  id: string;
  version: number;
  closed: CountBodies['count.closed'];
  by: string;
  at: string;
  signed: { by: string; at: string; note: string } | null;
}

/** Why a blank or a count is refused. Each code has a sentence in contract/errors.ts. */
export type BlankRefusal =
  | 'illegal-transition'
  | 'two-person'
  | 'blank-unknown'
  | 'blank-used'
  | 'blank-other-window'
  | 'blank-not-assigned'
  | 'blank-not-in-store'
  | 'blank-wrong-form'
  | 'blank-not-restorable'
  | 'blank-mixed-range';

export type BlankStepped<R> = { ok: true; record: R } | { ok: false; code: BlankRefusal };
