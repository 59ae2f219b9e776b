import type { AppointmentBodies, AppointmentRecord } from './types.ts';

export type AppointmentOp = {
  [K in keyof AppointmentBodies]: { kind: K; body: AppointmentBodies[K] };
}[keyof AppointmentBodies];

/** @returns the appointment after the op, or null when it is not legal there (domain.md §3.8) */
export function stepAppointment(
  current: AppointmentRecord | null,
  { id, at }: { id: string; at: string },
  op: AppointmentOp,
): AppointmentRecord | null {
  if (op.kind === 'appointment.booked') {
    if (current) return null;
    return { ...op.body, id, version: 1, state: 'booked', bookedAt: at, ticketId: null, endedAt: null };
  }
  if (!current) return null;
  const version = current.version + 1;
  switch (op.kind) {
    case 'appointment.exchanged':
      if (current.state !== 'booked') return null;
      return { ...current, version, state: 'exchanged', ticketId: op.body.ticketId };
    case 'appointment.cancelled':
      return current.state === 'booked' ? { ...current, version, state: 'cancelled', endedAt: op.body.at } : null;
    case 'appointment.missed':
      return current.state === 'booked' ? { ...current, version, state: 'missed', endedAt: op.body.at } : null;
    case 'appointment.done':
      return mayBeDone(current) ? { ...current, version, state: 'done', endedAt: op.body.at } : null;
  }
}

/** A laptop that came back late shows that somebody was at home who had been given up for missed. */
function mayBeDone({ state, visit }: AppointmentRecord): boolean {
  return state === 'booked' || state === 'exchanged' || (state === 'missed' && visit !== undefined);
}
