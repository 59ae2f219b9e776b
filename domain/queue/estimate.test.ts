import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MINUTE, QueueHall, SECOND } from '../../tests/fixtures/queueHall.ts';
import { aheadOf, countsOf, estimateWait, expectedWait, queuesOn, serviceTime } from './estimate.ts';
import { DEFAULT_PLAN } from './plan.ts';
import type { TicketClass } from './ticketTypes.ts';

function closeAllBut(hall: QueueHall, ...open: string[]) {
  for (const { terminal } of DEFAULT_PLAN.windows)
    hall.setWindow(terminal, open.includes(terminal) ? 'open' : 'closed');
}

function serveFor(hall: QueueHall, minutes: readonly number[]) {
  for (const each of minutes) {
    hall.take();
    hall.serve('W01', each * MINUTE);
  }
}

describe('the average of a service', () => {
  test('is a default until three were served', () => {
    const hall = new QueueHall();
    serveFor(hall, [4, 4]);
    expect(serviceTime(hall.view(), 'B').meanMs).toBe(12 * MINUTE);
    serveFor(hall, [4]);
    expect(serviceTime(hall.view(), 'B')).toEqual({ meanMs: 4 * MINUTE, deviationMs: 0 });
  });

  test('is that of the last twenty', () => {
    const hall = new QueueHall();
    serveFor(hall, [60, 60, ...Array.from({ length: 20 }, () => 5)]);
    expect(serviceTime(hall.view(), 'B').meanMs).toBe(5 * MINUTE);
  });

  test('counts from the arrival, and no call that ended otherwise', () => {
    const hall = new QueueHall();
    serveFor(hall, [4, 4, 4]);
    const { id: ticketId } = hall.take();
    hall.next('W01');
    hall.now += 20 * MINUTE;
    hall.must('W01', { kind: 'arrive', ticketId });
    hall.now += 4 * MINUTE;
    hall.must('W01', { kind: 'finish', ticketId });
    hall.take();
    hall.next('W01');
    hall.now += 20 * MINUTE;
    hall.must('W01', { kind: 'hold', ticketId: [...hall.tickets.keys()].at(-1) ?? '', reason: '去复印' });
    expect(serviceTime(hall.view(), 'B').meanMs).toBe(4 * MINUTE);
  });

  test('what was entered later does not count', () => {
    const hall = new QueueHall();
    const at = (minutes: number) => new Date(hall.now - minutes * MINUTE).toISOString();
    const rows = ['P1', 'P2', 'P3'].map((each) => ({
      number: `${each}00`,
      queue: 'B' as const,
      takenAt: at(30),
      calledAt: at(20),
      finishedAt: at(19),
    }));
    hall.must('W03', { kind: 'catch-up', rows });
    expect(serviceTime(hall.view(), 'B').meanMs).toBe(12 * MINUTE);
  });
});

describe('the wait', () => {
  test('is people ahead × average ÷ open windows', () => {
    const hall = new QueueHall();
    serveFor(hall, [6, 6, 6]);
    closeAllBut(hall, 'W01', 'W02', 'W09');
    hall.setWindow('W03', 'paused');
    expect(expectedWait(hall.view(), 'B', 2, 10)).toBe(30 * MINUTE);
  });

  test('is a range in whole minutes, a quarter to either side at least', () => {
    const hall = new QueueHall();
    serveFor(hall, [6, 6, 6]);
    closeAllBut(hall, 'W01', 'W02');
    expect(estimateWait(hall.view(), 'B', 2, 10)).toEqual({ fromMs: 22 * MINUTE, toMs: 38 * MINUTE });
    expect(estimateWait(hall.view(), 'B', 2, 0)).toEqual({ fromMs: 0, toMs: 0 });
  });

  test('is not nothing for the first in the queue while every window has somebody in hand', () => {
    const hall = new QueueHall();
    serveFor(hall, [6, 6, 6]);
    closeAllBut(hall, 'W01', 'W02');
    for (const terminal of ['W01', 'W02']) {
      hall.take();
      hall.next(terminal);
    }
    expect(estimateWait(hall.view(), 'B', 2, 0)).toEqual({ fromMs: 0, toMs: 3 * MINUTE });
  });

  test('is told more widely where services differ', () => {
    const even = new QueueHall();
    serveFor(even, [6, 6, 6, 6]);
    const uneven = new QueueHall();
    serveFor(uneven, [1, 1, 1, 21]);
    const [narrow, wide] = [even, uneven].map((hall) => estimateWait(hall.view(), 'B', 2, 8));
    expect(wide?.fromMs).toBeLessThan(narrow?.fromMs ?? 0);
    expect(wide?.toMs).toBeGreaterThan(narrow?.toMs ?? 0);
  });

  test('is unknown while no window that serves the queue is open, or none is heard', () => {
    const hall = new QueueHall();
    closeAllBut(hall, 'W09');
    expect(estimateWait(hall.view(), 'B', 2, 3)).toBeNull();
    hall.setWindow('W01', 'open');
    expect(estimateWait(hall.view(), 'B', 2, 3)).not.toBeNull();
    hall.silentSince.set('W01', hall.now);
    expect(estimateWait(hall.view(), 'B', 2, 3)).toBeNull();
  });

  test('is never below nothing, and the later end never before the earlier', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 15 }), { maxLength: 25 }), fc.nat(200), (minutes, ahead) => {
        const hall = new QueueHall();
        serveFor(hall, minutes);
        const found = estimateWait(hall.view(), 'B', 2, ahead);
        expect(found?.fromMs).toBeGreaterThanOrEqual(0);
        expect(found?.toMs).toBeGreaterThanOrEqual(found?.fromMs ?? 0);
        const expected = expectedWait(hall.view(), 'B', 2, ahead) ?? 0;
        expect(found?.fromMs).toBeLessThanOrEqual(expected);
        expect(found?.toMs).toBeGreaterThanOrEqual(expected);
      }),
      { numRuns: 100 },
    );
  });
});

describe('who goes before somebody who comes now', () => {
  test.each([
    ['priority', 2],
    ['ordinary', 4],
    ['enterprise', 4],
  ] as [TicketClass, number][])('%s: %i', (ticketClass, ahead) => {
    const hall = new QueueHall();
    hall.take();
    hall.take({ class: 'priority' });
    hall.take({ backFor: hall.newId() });
    hall.take({ class: 'enterprise' });
    hall.take({ queue: 'A' });
    expect(aheadOf(hall.view(), 'B', 2, ticketClass)).toBe(ahead);
  });

  test('nobody who is called, and nobody who fetches a paper', () => {
    const hall = new QueueHall();
    for (const _ of [1, 2]) {
      hall.take();
      hall.next('W01');
      hall.must('W01', { kind: 'hold', ticketId: [...hall.tickets.keys()].at(-1) ?? '', reason: '去复印' });
    }
    hall.take();
    hall.next('W01');
    expect(aheadOf(hall.view(), 'B', 2, 'ordinary')).toBe(0);
  });
});

test('counts name each class somebody waits in, the ordinary one always, and the longest wait', () => {
  const hall = new QueueHall();
  hall.take({ class: 'priority' });
  hall.now += 90 * SECOND;
  hall.take({ class: 'priority' });
  const counts = countsOf(hall.view(), ['B'], 2);
  expect(counts).toMatchObject([
    { queue: 'B', class: 'priority', waiting: 2, longestMs: 90 * SECOND },
    { queue: 'B', class: 'ordinary', waiting: 0, longestMs: 0 },
  ]);
  expect(queuesOn(hall.view(), 3)).toEqual(['A']);
});
