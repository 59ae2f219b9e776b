import type { OfficeChange } from '../../contract/office.ts';
import { LANES } from '../../domain/case/lanes.ts';
import { TRANSITIONS, type TransitionActor } from '../../domain/case/transitions.ts';
import type { StaffRecord } from '../../domain/ledger/reduce.ts';
import type { KnownLedger } from '../store/types.ts';

type KnownStaff = Pick<KnownLedger, 'findEntity' | 'findStaffByNumber'>;

/** Whether this member of staff is in service and has a role that the act belongs to (domain.md §3.1, §3.4). */
export function mayAct(known: KnownStaff, hall: string, number: string, change: OfficeChange): boolean {
  const staff = findActiveStaff(known, hall, number);
  if (!staff) return false;
  const wanted: readonly TransitionActor[] =
    change.kind === 'lane' ? [LANES[change.change.lane].role] : TRANSITIONS[change.advance.transition].who;
  return staff.roles.some((role) => wanted.includes(role));
}

/** @returns the member of staff with this number, unless unknown here or no longer in service */
export function findActiveStaff(known: KnownStaff, hall: string, number: string): StaffRecord | null {
  const stream = known.findStaffByNumber(hall, number);
  const entity = stream === null ? null : known.findEntity(stream)?.entity;
  return entity?.type === 'staff' && entity.record.active ? entity.record : null;
}
