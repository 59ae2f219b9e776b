import type { AppointmentRecord, AppointmentState } from './types.ts';

export type VisitProblem = 'visit-gone' | 'visit-elsewhere' | 'visit-of-others';

/**
 * States in which cases are taken in at the home: several for one visit, and also after the hub gave it up for missed, since
 * a laptop that comes late has been there all the same.
 */
const VISITABLE: readonly AppointmentState[] = ['booked', 'missed', 'done'];

/** Whether somebody can still be visited for it at home. */
export function isVisitable({ state, visit }: Pick<AppointmentRecord, 'state' | 'visit'>): boolean {
  return visit !== undefined && VISITABLE.includes(state);
}

/**
 * Why a case is not of this home visit (domain.md §3.8): it is taken in at its laptop, by one of its two members of staff.
 * @param by terminal and staff number of whoever takes it in
 * @returns null when it is
 */
export function findVisitProblem(
  appointment: Pick<AppointmentRecord, 'state' | 'visit'> | null,
  by: { terminal: string; clerk: string },
): VisitProblem | null {
  if (!appointment?.visit || !isVisitable(appointment)) return 'visit-gone';
  if (appointment.visit.terminal !== by.terminal) return 'visit-elsewhere';
  return appointment.visit.staff.includes(by.clerk) ? null : 'visit-of-others';
}
