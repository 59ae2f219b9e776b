import { expect, test } from 'vitest';
import { at, call, ticket, windowRecord } from '../../tests/fixtures/tickets.ts';
import { DEFAULT_PLAN } from '../queue/plan.ts';
import { csvOf } from './csv.ts';
import { byHour } from './hours.ts';
import { totalRatings } from './ratings.ts';
import { tilesOf, workOf } from './tiles.ts';
import type { BoardFacts } from './types.ts';
import { waitingByQueue, waitingPickups } from './waiting.ts';

const NOW = Date.parse(at('10:00'));
const MINUTE = 60_000;

function facts(more: Partial<BoardFacts> = {}): BoardFacts {
  return { now: NOW, plan: DEFAULT_PLAN, windows: [], tickets: [], silent: new Set(), ...more };
}

const tile = (of: BoardFacts, terminal: string) => tilesOf(of).find((each) => each.terminal === terminal);

test('a tile stands for every window of the plan, in its order, and one that never spoke is unknown', () => {
  const tiles = tilesOf(facts());
  expect(tiles.map(({ number }) => number)).toEqual(Array.from({ length: 18 }, (_, index) => index + 1));
  expect(tiles[0]).toMatchObject({ state: 'unknown', stateForMs: null, inHand: null, idleMs: null, tone: 'calm' });
});

test('the number in hand is told with its minutes: since the call on the way, since the arrival at the window', () => {
  const called = ticket('B001', '09:30', { state: 'CALLED', calls: [call('W01', '09:58')] });
  const serving = ticket('B002', '09:30', { state: 'SERVING', calls: [call('W02', '09:40', { arrived: '09:42' })] });
  const windows = [windowRecord('W01', ['08:30', 'open']), windowRecord('W02', ['08:30', 'open'])];
  const of = facts({ windows, tickets: [called, serving] });
  expect(tile(of, 'W01')?.inHand).toMatchObject({ number: 'B001', phase: 'called', forMs: 2 * MINUTE });
  expect(tile(of, 'W02')?.inHand).toMatchObject({ number: 'B002', phase: 'serving', forMs: 18 * MINUTE });
  expect(tile(of, 'W02')?.tone).toBe('calm');
  expect(tile({ ...of, now: NOW + 2 * MINUTE }, 'W02')?.tone).toBe('near');
  expect(tile({ ...of, now: NOW + 22 * MINUTE }, 'W02')?.tone).toBe('over');
});

test('a second call shows as one, beside an older ticket of the same person that is finished', () => {
  const pickup = { state: 'serving', raisedAt: at('09:50'), terminal: 'W01', cases: ['c'], missed: 0 } as const;
  const both = ticket('B001', '09:00', {
    state: 'FINISHED',
    calls: [
      call('W01', '09:10', { arrived: '09:11', ended: ['09:30', 'finished'] }),
      call('W01', '09:55', { arrived: '09:56', purpose: 'pickup' }),
    ],
    pickup: { ...pickup, cases: ['c'] },
  });
  const of = facts({ windows: [windowRecord('W01', ['08:30', 'open'])], tickets: [both] });
  expect(tile(of, 'W01')).toMatchObject({ handled: 1, pickups: 0, inHand: { purpose: 'pickup', forMs: 4 * MINUTE } });
});

test('an open window without anybody in hand is idle since the last one left, and that is only marked while somebody waits', () => {
  const done = ticket('B001', '09:00', {
    state: 'FINISHED',
    calls: [call('W01', '09:10', { ended: ['09:52', 'finished'] })],
  });
  const windows = [windowRecord('W01', ['08:30', 'open'])];
  expect(tile(facts({ windows, tickets: [done] }), 'W01')).toMatchObject({ idleMs: 8 * MINUTE, tone: 'calm' });
  const waits = ticket('B002', '09:55');
  expect(tile(facts({ windows, tickets: [done, waits] }), 'W01')).toMatchObject({ idleMs: 8 * MINUTE, tone: 'over' });
  const elsewhere = ticket('A002', '09:55', { queue: 'A' });
  expect(tile(facts({ windows, tickets: [done, elsewhere] }), 'W01')?.tone).toBe('calm');
  const reopened = [windowRecord('W01', ['08:30', 'open'], ['09:53', 'paused', '用餐'], ['09:58', 'open'])];
  expect(tile(facts({ windows: reopened, tickets: [done, waits] }), 'W01')).toMatchObject({
    idleMs: 2 * MINUTE,
    tone: 'near',
  });
});

test('a paused window shows why and is not idle; a silent one that is not closed is over', () => {
  const windows = [
    windowRecord('W01', ['08:30', 'open'], ['09:45', 'paused', '复印']),
    windowRecord('W02', ['08:30', 'closed']),
  ];
  const of = facts({ windows, silent: new Set(['W01', 'W02']) });
  expect(tile({ ...of, silent: null }, 'W01')).toMatchObject({
    state: 'paused',
    reason: '复印',
    idleMs: null,
    stateForMs: 15 * MINUTE,
  });
  expect(tile(of, 'W01')).toMatchObject({ state: 'silent', tone: 'over' });
  expect(tile(of, 'W02')).toMatchObject({ state: 'closed', tone: 'calm' });
});

test('average handling runs from the arrival, average idle is open time without anybody for each call, pauses left out', () => {
  // W01 open 08:30–09:30, paused 09:30–09:40, open again; calls 08:40–09:00 and 09:10–09:20, arrivals 08:45 and unmarked.
  const windows = [windowRecord('W01', ['08:30', 'open'], ['09:30', 'paused', '用餐'], ['09:40', 'open'])];
  const tickets = [
    ticket('B001', '08:31', {
      state: 'FINISHED',
      calls: [call('W01', '08:40', { arrived: '08:45', ended: ['09:00', 'finished'] })],
    }),
    ticket('B002', '08:32', { state: 'FINISHED', calls: [call('W01', '09:10', { ended: ['09:20', 'finished'] })] }),
  ];
  // Handling (15 + 10) / 2; idle 10 + 10 + 10 before the pause and 20 after it, over two calls.
  expect(workOf(facts({ windows, tickets }))).toEqual({
    handled: 2,
    averageHandlingMs: 12.5 * MINUTE,
    averageIdleMs: 25 * MINUTE,
    idleMs: 50 * MINUTE,
  });
  expect(workOf(facts())).toEqual({ handled: 0, averageHandlingMs: null, averageIdleMs: null, idleMs: 0 });
});

test('a window left open yesterday is nobody’s idleness today', () => {
  const yesterday = windowRecord('W01', ['08:30', 'open']);
  const history = [{ at: '2026-11-26T00:30:00.000Z', state: 'open' as const, reason: null }];
  expect(workOf(facts({ windows: [{ ...yesterday, history }] })).idleMs).toBe(0);
});

test('who waits is counted by queue and class, with the longest wait since the number or since a window let them go', () => {
  const tickets = [
    ticket('B001', '09:20'),
    ticket('B002', '09:00', { calls: [call('W01', '09:40', { ended: ['09:50', 'transferred'] })] }),
    ticket('V001', '09:35', { class: 'priority' }),
    ticket('A001', '09:59', { queue: 'A' }),
    ticket('B003', '09:00', { state: 'HELD', heldUntil: at('10:10') }),
    ticket('B004', '09:00', { state: 'FINISHED' }),
  ];
  const windows = [
    windowRecord('W01', ['08:30', 'open']),
    windowRecord('W02', ['08:30', 'open']),
    windowRecord('W09', ['08:30', 'paused']),
  ];
  const [a, b, ...others] = waitingByQueue(facts({ tickets, windows, silent: new Set(['W02']) }));
  expect(others).toEqual([]);
  expect(a).toMatchObject({ queue: 'A', waiting: 1, longestMs: MINUTE, windows: 10, open: 0 });
  expect(b).toEqual({
    ...{ queue: 'B', waiting: 3, longestMs: 40 * MINUTE, held: 1, windows: 8, open: 1 },
    classes: [
      { class: 'priority', waiting: 1, longestMs: 25 * MINUTE },
      { class: 'ordinary', waiting: 2, longestMs: 40 * MINUTE },
    ],
  });
});

test('a queue nobody of the plan serves is shown while somebody has a number of it', () => {
  expect(waitingByQueue(facts()).map(({ queue }) => queue)).toEqual(['A', 'B']);
  const [, , x] = waitingByQueue(facts({ tickets: [ticket('XA001', '09:00', { queue: 'X' })] }));
  expect(x).toMatchObject({ queue: 'X', waiting: 1, windows: 0 });
});

test('pickups that wait are those nobody called or nobody answered', () => {
  const pickup = { raisedAt: at('09:30'), terminal: 'W01', cases: ['c'], missed: 0 };
  const of = (state: 'waiting' | 'called' | 'missed' | 'done') =>
    ticket(`B10${state.length}`, '09:00', { state: 'FINISHED', pickup: { ...pickup, state } });
  expect(waitingPickups({ tickets: [of('waiting'), of('called'), of('missed'), of('done')] })).toHaveLength(2);
});

test('hours run from the first with a number to the last, also over one in which nothing happened', () => {
  const tickets = [
    ticket('B001', '08:59', { calls: [call('W01', '09:00', { ended: ['10:01', 'finished'] })] }),
    ticket('B002', '08:30', { calls: [call('W01', '09:00', { ended: ['10:30', 'passed'] })] }),
    ticket('B003', '11:00'),
  ];
  expect(byHour(tickets)).toEqual([
    { hour: 8, taken: 2, finished: 0 },
    { hour: 9, taken: 0, finished: 0 },
    { hour: 10, taken: 0, finished: 1 },
    { hour: 11, taken: 1, finished: 0 },
  ]);
  expect(byHour([])).toEqual([]);
});

test('ratings are totals by grade; silence is no mark; who asks does not see their own of today', () => {
  const rating = (clerk: string, grade: 5 | 4 | 1 | null, day = '27') => ({
    ...{ id: '', version: 1, ticketId: null, caseId: null, about: 'B001', terminal: 'W01', way: 'box' as const },
    ...{ clerk, grade, at: `2026-11-${day}T02:00:00.000Z` },
  });
  const all = [rating('1001', 5), rating('1001', null), rating('1001', 1, '26'), rating('1002', 5), rating('1002', 4)];
  const isToday = (instant: string): boolean => instant.startsWith('2026-11-27');
  const { grades, ...totals } = totalRatings(all, { number: '1002', isToday });
  expect(totals).toEqual({ offered: 3, unanswered: 1, withheld: 2 });
  expect(grades.map(({ grade, count }) => `${grade}:${count}`)).toEqual(['5:1', '4:0', '3:0', '2:0', '1:1']);
  expect(totalRatings(all, { number: '9001', isToday }).offered).toBe(5);
});

test('a table for spreadsheets quotes what would break a line, and no cell is a formula', () => {
  expect(
    csvOf(
      ['号票', '说明'],
      [
        ['B001', '说“好”,走了'],
        ['=1+1', null],
        ['a"b', 3],
      ],
    ),
  ).toBe('\uFEFF号票,说明\r\nB001,"说“好”,走了"\r\n\'=1+1,\r\n"a""b",3\r\n');
});
