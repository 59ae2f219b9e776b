import type { OfficeChange } from '../../contract/office.ts';
import { LANES } from '../../domain/case/lanes.ts';
import { TRANSITIONS, type TransitionActor } from '../../domain/case/transitions.ts';
import type { KnownLedger } from '../store/types.ts';

/** Whether this member of staff is in service and has a role that the act belongs to (domain.md §3.1, §3.4). */
export function mayAct(
  known: Pick<KnownLedger, 'findEntity' | 'findStaffByNumber'>,
  hall: string,
  number: string,
  change: OfficeChange,
): boolean {
  const stream = known.findStaffByNumber(hall, number);
  const entity = stream === null ? null : known.findEntity(stream)?.entity;
  if (entity?.type !== 'staff' || !entity.record.active) return false;
  const wanted: readonly TransitionActor[] =
    change.kind === 'lane' ? [LANES[change.change.lane].role] : TRANSITIONS[change.advance.transition].who;
  return entity.record.roles.some((role) => wanted.includes(role));
}
