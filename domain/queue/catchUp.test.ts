import { describe, expect, test } from 'vitest';
import { MINUTE, NINE, QueueHall } from '../../tests/fixtures/queueHall.ts';
import type { CatchUpRow } from './commands.ts';

/** Written down by hand while nothing worked: minutes before nine. */
function row(
  number: string,
  takenAt: number,
  calledAt: number | null = null,
  finishedAt: number | null = null,
): CatchUpRow {
  const at = (minutes: number | null) => (minutes === null ? null : new Date(NINE - minutes * MINUTE).toISOString());
  return { number, queue: 'B', takenAt: at(takenAt) ?? '', calledAt: at(calledAt), finishedAt: at(finishedAt) };
}

function enter(hall: QueueHall, ...rows: CatchUpRow[]) {
  return hall.ask('W03', { kind: 'catch-up', rows });
}

test('a number that was served becomes a ticket with the times that were written down', () => {
  const hall = new QueueHall();
  enter(hall, row('P001', 30, 20, 5));
  expect([...hall.tickets.values()]).toMatchObject([
    {
      number: 'P001',
      state: 'FINISHED',
      source: 'paper-roll',
      takenAt: '2026-11-27T00:30:00.000Z',
      calls: [
        {
          at: '2026-11-27T00:40:00.000Z',
          arrivedAt: '2026-11-27T00:40:00.000Z',
          window: 3,
          clerk: '1001',
          why: { rule: 'entered-later', waitedMs: 10 * MINUTE },
          ended: { at: '2026-11-27T00:55:00.000Z', how: 'finished' },
        },
      ],
    },
  ]);
});

test('one that was not called waits from the time it was torn off', () => {
  const hall = new QueueHall();
  hall.take();
  enter(hall, row('P001', 30));
  expect(hall.next('W01')?.number).toBe('P001');
});

test('one that is at the window is in hand there', () => {
  const hall = new QueueHall();
  enter(hall, row('P001', 30, 2));
  expect(hall.ask('W03', { kind: 'next' })).toMatchObject({ refused: 'window-busy' });
  expect(enter(hall, row('P002', 30, 1))).toMatchObject({ refused: 'window-busy' });
});

test.each([
  ['V007', 'priority'],
  ['XV007', 'priority'],
  ['E007', 'enterprise'],
  ['L007', 'pickup'],
  ['B007', 'ordinary'],
  ['XA007', 'ordinary'],
])('%s is of class %s', (number, ticketClass) => {
  const hall = new QueueHall();
  enter(hall, row(number, 30, 20, 10));
  expect([...hall.tickets.values()][0]?.class).toBe(ticketClass);
});

describe('a number that exists', () => {
  test('is not entered again: the one there is doubted, and the others are entered', () => {
    const hall = new QueueHall();
    const known = hall.take();
    const decision = enter(hall, row('B001', 30, 20, 10), row('B002', 30, 20, 10));
    expect(hall.ticket(known.id)).toMatchObject({ state: 'WAITING', doubts: ['entered-again'] });
    expect([...hall.tickets.values()].map(({ number }) => number)).toEqual(['B001', 'B002']);
    expect(decision).toMatchObject({ steps: [{ kind: 'ticket.doubted' }, {}, {}, {}, {}] });
  });

  test('is doubted when it stands in two rows', () => {
    const hall = new QueueHall();
    enter(hall, row('P001', 30, 20, 10), row('P001', 29, 19, 9));
    expect([...hall.tickets.values()]).toMatchObject([{ number: 'P001', doubts: ['entered-again'] }]);
  });
});

describe('times that cannot be', () => {
  test.each([
    ['called before it was taken', row('P001', 20, 30)],
    ['finished before it was called', row('P001', 30, 10, 20)],
    ['finished and never called', row('P001', 30, null, 10)],
    ['in the future', row('P001', -1)],
    ['of yesterday', row('P001', 24 * 60)],
    ['no time', { ...row('P001', 30), takenAt: 'bald' }],
  ])('%s: nothing is entered, not even the good rows', (_, bad) => {
    const hall = new QueueHall();
    expect(enter(hall, row('P000', 30), bad)).toEqual({ refused: 'catch-up-times', details: { number: 'P001' } });
    expect(hall.tickets.size).toBe(0);
  });
});

test('what was entered later does not count for the average of the services', () => {
  const hall = new QueueHall();
  enter(hall, ...['P001', 'P002', 'P003', 'P004'].map((number) => row(number, 30, 20, 10)));
  expect(hall.view().tickets.size).toBe(4);
});
