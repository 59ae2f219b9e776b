import { actorsOf, type OfficeChange } from '../../contract/office.ts';
import type { SpoiledBlank } from '../../domain/case/advance.ts';
import type { TransitionActor } from '../../domain/case/transitions.ts';
import type { StaffRecord } from '../../domain/ledger/reduce.ts';
import type { KnownLedger } from '../store/types.ts';

type KnownStaff = Pick<KnownLedger, 'findEntity' | 'findStaffByNumber'>;

/** Whether this member of staff is in service and has a role that the act belongs to (domain.md §3.1, §3.4). */
export function mayAct(known: KnownStaff, hall: string, number: string, change: OfficeChange): boolean {
  return mayTake(known, hall, number, actorsOf(change));
}

/** Whether this member of staff is in service and has one of these roles. */
export function mayTake(known: KnownStaff, hall: string, number: string, wanted: readonly TransitionActor[]): boolean {
  return findActiveStaff(known, hall, number)?.roles.some((role) => wanted.includes(role)) ?? false;
}

/** @returns the member of staff with this number, unless unknown here or no longer in service */
export function findActiveStaff(known: KnownStaff, hall: string, number: string): StaffRecord | null {
  const staff = findStaff(known, hall, number);
  return staff?.active ? staff : null;
}

/** @returns the member of staff with this number, in service or not */
export function findStaff(known: KnownStaff, hall: string, number: string): StaffRecord | null {
  const stream = known.findStaffByNumber(hall, number);
  const entity = stream === null ? null : known.findEntity(stream)?.entity;
  return entity?.type === 'staff' ? entity.record : null;
}

/** The second person of a spoiled blank is somebody in service (domain.md §4.11); that it is another one, the guard says. */
export function findWitnessProblem(
  known: KnownStaff,
  hall: string,
  { witness }: Pick<SpoiledBlank, 'witness'>,
): 'witness-unknown' | null {
  return findActiveStaff(known, hall, witness) ? null : 'witness-unknown';
}
