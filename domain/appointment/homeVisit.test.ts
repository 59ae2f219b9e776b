import { expect, test } from 'vitest';
import { HOME_VISIT } from '../../tests/fixtures/homeVisits.ts';
import { findVisitProblem } from './homeVisit.ts';
import { APPOINTMENT_STATES } from './types.ts';

const booked = { state: 'booked', visit: HOME_VISIT } as const;
const by = { terminal: 'W07', clerk: '1001' };

test('either of the two members of staff takes cases in at their laptop, and nobody else', () => {
  expect(findVisitProblem(booked, by)).toBeNull();
  expect(findVisitProblem(booked, { ...by, clerk: '1002' })).toBeNull();
  expect(findVisitProblem(booked, { ...by, clerk: '1003' })).toBe('visit-of-others');
  expect(findVisitProblem(booked, { ...by, terminal: 'W08' })).toBe('visit-elsewhere');
});

test.each(APPOINTMENT_STATES)('a visit that is %s', (state) => {
  const isOpen = ['booked', 'missed', 'done'].includes(state);
  expect(findVisitProblem({ ...booked, state }, by)).toBe(isOpen ? null : 'visit-gone');
});

test('an appointment at the hall is no visit, nor is one nobody knows', () => {
  expect(findVisitProblem({ state: 'booked' }, by)).toBe('visit-gone');
  expect(findVisitProblem(null, by)).toBe('visit-gone');
});
