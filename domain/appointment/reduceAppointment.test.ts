import { describe, expect, test } from 'vitest';
import { HALL_BODIES } from '../../tests/fixtures/hallBodies.ts';
import { HOME_VISIT } from '../../tests/fixtures/homeVisits.ts';
import { type AppointmentOp, stepAppointment } from './reduceAppointment.ts';
import type { AppointmentBodies, AppointmentRecord } from './types.ts';

const HEAD = { id: '0198a000-0000-7000-8000-000000000001', at: '2026-11-26T01:00:00.000Z' };

function op<K extends keyof AppointmentBodies>(kind: K): AppointmentOp {
  return { kind, body: HALL_BODIES[kind] } as AppointmentOp;
}

function reached(...kinds: (keyof AppointmentBodies)[]): AppointmentRecord {
  let record: AppointmentRecord | null = null;
  for (const kind of kinds) {
    record = stepAppointment(record, HEAD, op(kind));
    if (record === null) throw new Error(`${kind} is not legal`);
  }
  if (record === null) throw new Error('no appointment');
  return record;
}

const STANDING = {
  none: null,
  booked: reached('appointment.booked'),
  exchanged: reached('appointment.booked', 'appointment.exchanged'),
  cancelled: reached('appointment.booked', 'appointment.cancelled'),
  missed: reached('appointment.booked', 'appointment.missed'),
  done: reached('appointment.booked', 'appointment.done'),
} as const;

type Standing = keyof typeof STANDING;

const LEGAL: [keyof AppointmentBodies, Standing[]][] = [
  ['appointment.booked', ['none']],
  ['appointment.exchanged', ['booked']],
  ['appointment.cancelled', ['booked']],
  ['appointment.missed', ['booked']],
  ['appointment.done', ['booked', 'exchanged']],
];

describe.each(LEGAL)('%s', (kind, legal) => {
  test.each(Object.keys(STANDING) as Standing[])('when %s', (standing) => {
    const before = STANDING[standing];
    const copy = structuredClone(before);
    const next = stepAppointment(before, HEAD, op(kind));
    expect(next !== null).toBe(legal.includes(standing));
    if (next !== null) expect(next.version).toBe((before?.version ?? 0) + 1);
    expect(before).toEqual(copy);
  });
});

test('exchanged, it names the ticket; ended, it says when', () => {
  expect(STANDING.booked).toMatchObject({ state: 'booked', bookedAt: HEAD.at, ticketId: null, endedAt: null });
  expect(STANDING.exchanged).toMatchObject({
    state: 'exchanged',
    ticketId: HALL_BODIES['appointment.exchanged'].ticketId,
    endedAt: null,
  });
  for (const standing of ['cancelled', 'missed', 'done'] as const) {
    expect(STANDING[standing]).toMatchObject({ state: standing, endedAt: '2026-11-27T01:00:00.000Z' });
  }
});

test('a home visit given up for missed is done when its laptop comes back late; one called off is not', () => {
  const missed = { ...STANDING.missed, visit: HOME_VISIT };
  expect(stepAppointment(missed, HEAD, op('appointment.done'))).toMatchObject({ state: 'done', version: 3 });
  expect(stepAppointment({ ...STANDING.cancelled, visit: HOME_VISIT }, HEAD, op('appointment.done'))).toBeNull();
});
