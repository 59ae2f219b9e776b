import { expect, test } from 'vitest';
import { at, call, ticket } from '../../tests/fixtures/tickets.ts';
import { doorToDoorOfTickets } from './doorOfDay.ts';
import { median, ticketTimesOf } from './ticketTimes.ts';

const NOW = Date.parse(at('12:00'));
const NONE = { preReview: 0, wait: 0, walk: 0, service: 0, hold: 0, pickupWait: 0, pickupWalk: 0, pickupService: 0 };

/** Minutes instead of milliseconds. */
const minutes = (of: ReturnType<typeof ticketTimesOf>) =>
  Object.fromEntries(Object.entries(of).map(([part, ms]) => [part, ms / 60_000]));

test('from the door to the last window: pre-review, wait, walk, service, hold and both sides of the pickup', () => {
  const whole = ticket('B001', '09:05', {
    state: 'FINISHED',
    calls: [
      call('W01', '09:20', { ended: ['09:24', 'passed'] }),
      call('W02', '09:34', { arrived: '09:36', ended: ['09:40', 'held'] }),
      call('W02', '09:55', { arrived: '09:56', ended: ['10:10', 'finished'] }),
      call('W02', '11:00', { ended: ['11:03', 'passed'], purpose: 'pickup' }),
      call('W02', '11:10', { arrived: '11:12', ended: ['11:15', 'finished'], purpose: 'pickup' }),
    ],
    pickup: { state: 'done', raisedAt: at('10:50'), terminal: 'W02', cases: [], missed: 1 },
  });
  // Wait 15 before the first call and 10 after the pass; walk 4 in vain, 2 and 1; service 4 and 14; fetching a paper 15.
  expect(minutes(ticketTimesOf(whole, at('09:00'), NOW))).toEqual({
    ...{ preReview: 5, wait: 25, walk: 7, service: 18, hold: 15 },
    ...{ pickupWait: 17, pickupWalk: 5, pickupService: 3 },
  });
});

test('what lasts runs to now, and a window that marked no arrival counts all of the call as service', () => {
  expect(minutes(ticketTimesOf(ticket('B001', '11:00'), null, NOW))).toEqual({ ...NONE, wait: 60 });
  const serving = ticket('B001', '11:00', { state: 'CALLED', calls: [call('W01', '11:30')] });
  expect(minutes(ticketTimesOf(serving, null, NOW))).toEqual({ ...NONE, wait: 30, walk: 30 });
  const unmarked = ticket('B001', '11:00', {
    state: 'FINISHED',
    calls: [call('W01', '11:30', { ended: ['11:50', 'finished'] })],
  });
  expect(minutes(ticketTimesOf(unmarked, null, NOW))).toEqual({ ...NONE, wait: 30, service: 20 });
  const held = ticket('B001', '11:00', { state: 'HELD', calls: [call('W01', '11:10', { ended: ['11:20', 'held'] })] });
  expect(minutes(ticketTimesOf(held, null, NOW))).toEqual({ ...NONE, wait: 10, service: 10, hold: 40 });
});

test('medians by queue are over tickets that were served to the end', () => {
  const done = (number: string, from: string, to: string) =>
    ticket(number, '09:00', {
      state: 'FINISHED',
      calls: [call('W01', from, { arrived: from, ended: [to, 'finished'] })],
    });
  const tickets = [done('B001', '09:10', '09:20'), done('B002', '09:30', '09:32'), ticket('B003', '09:00')];
  const [row, ...others] = doorToDoorOfTickets(tickets, () => null, NOW);
  expect(others).toEqual([]);
  expect(row).toMatchObject({ queue: 'B', ended: 2, wholeMs: 26 * 60_000 });
  expect(minutes(row?.median ?? NONE)).toEqual({ ...NONE, wait: 20, service: 6 });
});

test('the median is the one in the middle, or between the two in the middle', () => {
  expect([median([]), median([3]), median([1, 9, 2]), median([1, 2, 4, 9])]).toEqual([null, 3, 2, 3]);
});
