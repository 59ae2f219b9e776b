import { LANE_CODES, noLanes } from '../domain/case/lanes.ts';
import { acceptanceIn, type CaseRecord, type PrintedSlip } from '../domain/case/types.ts';
import { canonicalJson } from '../domain/ledger/canonical.ts';
import type { NoteRecord, SessionRecord, StaffRecord } from '../domain/ledger/reduce.ts';
import { blobToUuid } from './ids.ts';

/** Rows of the projections, and the records they are. */

export interface CaseRow {
  op_ord: number;
  progress: string;
}

/** @param body of the op that opened the case, as the log holds it */
export function caseFromRow(row: { progress: string }, body: string): CaseRecord {
  const progress = JSON.parse(row.progress) as Progress & Partial<Pick<CaseRecord, 'lanes'>>;
  const lanes = progress.lanes ?? noLanes(progress.acceptedAt);
  return { ...progress, lanes, acceptance: acceptanceIn(JSON.parse(body)) };
}

type Progress = Omit<CaseRecord, 'acceptance' | 'lanes'>;

/** What `case_file.progress` holds. Until its turn has come in any, a case has nothing in its lanes, and saves are lighter. */
export function progressText(progress: Omit<CaseRecord, 'acceptance'>): string {
  const { lanes, ...rest } = progress;
  const isIdle = LANE_CODES.every((lane) => {
    const { state, since, openedAt, by, note } = lanes[lane];
    return state === 'WAITING' && since === rest.acceptedAt && openedAt === null && by === null && note === null;
  });
  // Canonical: a body just parsed and one read back from the log have their keys in another order.
  return canonicalJson(isIdle ? rest : progress);
}

export interface SlipRow {
  slip: string;
  print: number;
  at: string;
  printed_by: string;
  confirmation: string;
}

export function slipFromRow({ slip, print, at, printed_by, confirmation }: SlipRow): PrintedSlip {
  return { slip, print, at, by: printed_by, confirmation } as PrintedSlip;
}

export interface NoteRow {
  case_id: Uint8Array;
  kind: string;
  text: string;
  at: string;
  written_by: string;
}

export function noteFromRow({ case_id, kind, text, at, written_by }: NoteRow): Omit<NoteRecord, 'id' | 'version'> {
  return { caseId: blobToUuid(case_id), kind: kind as NoteRecord['kind'], text, at, by: written_by };
}

export interface StaffRow {
  id: Uint8Array;
  version: number;
  number: string;
  name: string;
  roles: string;
  password_hash: string;
  active: number;
}

export interface SessionRow {
  id: Uint8Array;
  version: number;
  staff: string;
  terminal: string;
  opened_at: string;
  closed_at: string | null;
}

export function staffFromRow(row: StaffRow): StaffRecord {
  return {
    id: blobToUuid(row.id),
    version: row.version,
    number: row.number,
    name: row.name,
    roles: JSON.parse(row.roles) as StaffRecord['roles'],
    passwordHash: row.password_hash,
    active: row.active === 1,
  };
}

export function sessionFromRow(row: SessionRow): SessionRecord {
  return {
    id: blobToUuid(row.id),
    version: row.version,
    staff: row.staff,
    terminal: row.terminal,
    openedAt: row.opened_at,
    closedAt: row.closed_at,
  };
}
