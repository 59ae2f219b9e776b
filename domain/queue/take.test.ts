import { describe, expect, test } from 'vitest';
import { MINUTE, QueueHall, SECOND, takeOf } from '../../tests/fixtures/queueHall.ts';
import type { HallPlan } from './hallTypes.ts';
import { DEFAULT_PLAN } from './plan.ts';

function book(hall: QueueHall, changed: object = {}) {
  const id = hall.newId();
  const slot = { from: '2026-11-27T01:00:00.000Z', to: '2026-11-27T02:00:00.000Z' };
  const person = { code: '12345678', name: '张三', phone: '13800000000' };
  const booked = { ...person, itemCode: 'A05', floor: 3, day: '2026-11-27', slot, source: 'wechat' } as const;
  const state = {
    id,
    version: 1,
    state: 'booked',
    bookedAt: '2026-11-26T01:00:00.000Z',
    ticketId: null,
    endedAt: null,
  } as const;
  hall.appointments.set(id, { ...booked, ...state, ...changed });
  return { appointment: id, class: 'appointment' as const, queue: 'A' as const };
}

describe('the number', () => {
  test.each([
    [{ queue: 'A' }, 'A001', 3],
    [{ queue: 'B' }, 'B001', 2],
    [{ queue: 'B', class: 'enterprise', batch: 50 }, 'E001', 2],
    [{ queue: 'A', class: 'priority' }, 'V001', 3],
    [{ queue: 'B', class: 'pickup', pinned: 'W12' }, 'L001', 3],
  ] as const)('%o: %s on floor %i', (changed, number, floor) => {
    expect(new QueueHall().take(changed)).toMatchObject({ number, floor });
  });

  test('each prefix counts for itself', () => {
    const hall = new QueueHall();
    expect([hall.take(), hall.take({ queue: 'A' }), hall.take()].map(({ number }) => number)).toEqual([
      'B001',
      'A001',
      'B002',
    ]);
  });

  test('four digits from a thousand on', () => {
    const hall = new QueueHall();
    const { ticketId } = hall.must('K01', takeOf(), { nextNumber: (prefix) => ({ prefix, number: 1000 }) });
    expect(hall.ticket(ticketId).number).toBe('B1000');
  });

  test('one that is there already is left out, never given twice', () => {
    const hall = new QueueHall();
    const row = {
      number: 'B001',
      queue: 'B',
      takenAt: '2026-11-27T00:40:00.000Z',
      calledAt: null,
      finishedAt: null,
    } as const;
    hall.must('W03', { kind: 'catch-up', rows: [row] });
    expect(hall.take().number).toBe('B002');
  });

  test('none left', () => {
    expect(new QueueHall().ask('K01', takeOf(), { nextNumber: () => null })).toMatchObject({
      refused: 'ticket-numbers-used-up',
    });
  });

  test('the kiosk may give another prefix when it has neither hub nor lease', () => {
    const hall = new QueueHall();
    const { ticketId } = hall.must('K01', takeOf(), {
      mode: 'emergency',
      nextNumber: () => ({ prefix: 'ZA', number: 1 }),
    });
    expect(hall.ticket(ticketId)).toMatchObject({ number: 'ZA001', prefix: 'ZA', class: 'ordinary' });
  });
});

describe('the floor', () => {
  const both: HallPlan = {
    ...DEFAULT_PLAN,
    windows: DEFAULT_PLAN.windows.map((each) => ({ ...each, queues: ['A', 'B'] })),
  };

  test('is that of the item when its queue is served on both', () => {
    const hall = new QueueHall(both);
    expect(hall.take({ queue: 'A', itemCode: 'A04' }).floor).toBe(3);
  });

  test('is where the queue is served, whatever the item', () => {
    expect(new QueueHall().take({ queue: 'B', itemCode: 'A04' }).floor).toBe(2);
  });

  test('of a queue nobody serves there is none', () => {
    expect(new QueueHall().ask('K01', takeOf({ queue: 'G' }))).toMatchObject({ refused: 'queue-not-served' });
  });
});

describe('the window that calls it without the hub', () => {
  test('is each of the open ones in turn', () => {
    const hall = new QueueHall();
    hall.setWindow('W02', 'closed');
    hall.setWindow('W03', 'paused');
    const given = Array.from({ length: 12 }, () => hall.take().fallback);
    const once = ['W01', 'W04', 'W05', 'W06', 'W07', 'W08'];
    expect(given).toEqual([...once, ...once]);
  });

  test('is one of the floor when none is open', () => {
    const hall = new QueueHall();
    for (const { terminal } of DEFAULT_PLAN.windows) hall.setWindow(terminal, 'closed');
    expect(hall.take().fallback).toBe('W01');
  });

  test('is a green one for an enterprise', () => {
    const hall = new QueueHall();
    expect([1, 2, 3].map(() => hall.take({ class: 'enterprise' }).fallback)).toEqual(['W07', 'W08', 'W07']);
  });

  test('counts those who are still there only', () => {
    const hall = new QueueHall();
    expect(hall.take().fallback).toBe('W01');
    hall.serve('W05');
    expect(hall.take().fallback).toBe('W01');
  });
});

describe('one live ticket for each person and item', () => {
  const person = '0123456789abcdef0123456789abcdef';

  test('a second is refused and names the first', () => {
    const hall = new QueueHall();
    const first = hall.take({ person });
    expect(hall.ask('K02', takeOf({ person }))).toEqual({
      refused: 'one-ticket-each',
      details: { number: 'B001', ticketId: first.id },
    });
    hall.next('W01');
    hall.must('W01', { kind: 'hold', ticketId: first.id, reason: '去复印' });
    expect(hall.ask('K02', takeOf({ person }))).toMatchObject({ refused: 'one-ticket-each' });
  });

  test('another item, or no card, is another ticket', () => {
    const hall = new QueueHall();
    hall.take({ person });
    hall.take({ person: `${person.slice(1)}0` });
    hall.take();
    hall.take();
    expect(hall.tickets.size).toBe(4);
  });

  test('who was served may come again', () => {
    const hall = new QueueHall();
    hall.take({ person });
    hall.serve('W01');
    expect(hall.take({ person }).number).toBe('B002');
  });
});

describe('an appointment', () => {
  test('is exchanged for a Y ticket, which has its slot', () => {
    const hall = new QueueHall();
    const asked = book(hall);
    const { steps, ticketId } = hall.must('K01', takeOf(asked));
    expect(hall.ticket(ticketId)).toMatchObject({ number: 'Y001', slot: { from: '2026-11-27T01:00:00.000Z' } });
    expect(steps[1]).toEqual({
      kind: 'appointment.exchanged',
      stream: `appointment:${asked.appointment}`,
      body: { at: '2026-11-27T01:00:00.000Z', ticketId },
    });
  });

  test('a quarter of an hour after its slot it is still worth a Y, later an ordinary number', () => {
    const hall = new QueueHall();
    hall.now += 75 * MINUTE;
    expect(hall.take(book(hall))).toMatchObject({ number: 'Y001', class: 'appointment' });
    hall.now += 1;
    const late = book(hall);
    expect(hall.take(late)).toMatchObject({
      number: 'A001',
      class: 'ordinary',
      slot: null,
      appointment: late.appointment,
    });
  });

  test.each([
    ['of another day', { day: '2026-11-28' }],
    ['that was cancelled', { state: 'cancelled' }],
    ['that was exchanged', { state: 'exchanged' }],
  ])('%s is refused', (_, changed) => {
    const hall = new QueueHall();
    expect(hall.ask('K01', takeOf(book(hall, changed)))).toMatchObject({ refused: 'appointment-gone' });
  });

  test('a Y ticket without one is refused', () => {
    expect(new QueueHall().ask('K01', takeOf({ class: 'appointment' }))).toMatchObject({ refused: 'appointment-gone' });
  });

  test('who has priority too keeps it', () => {
    const hall = new QueueHall();
    expect(hall.take({ ...book(hall), class: 'priority' }).number).toBe('V001');
  });
});

test.each(['ordinary', 'priority'] as const)('%s: one case for one ticket', (ticketClass) => {
  expect(new QueueHall().ask('K01', takeOf({ class: ticketClass, batch: 2 }))).toMatchObject({
    refused: 'batch-not-enterprise',
  });
});

test.each([0, 51, 1.5])('a batch of %s is none', (batch) => {
  expect(new QueueHall().ask('K01', takeOf({ class: 'enterprise', batch }))).toMatchObject({ refused: 'bad-input' });
});

test('back with papers, somebody is called before the others', () => {
  const hall = new QueueHall();
  hall.take();
  hall.now += SECOND;
  const back = hall.take({ backFor: hall.newId() });
  expect(hall.next('W01')?.id).toBe(back.id);
});

describe('no more numbers', () => {
  test('when the hall is closed', () => {
    const hall = new QueueHall();
    hall.openUntil = null;
    expect(hall.ask('K01', takeOf())).toMatchObject({ refused: 'issuing-closed' });
    hall.openUntil = hall.now;
    expect(hall.ask('K01', takeOf())).toMatchObject({ refused: 'issuing-closed' });
  });

  test('when the wait would be longer than the time to closing, for those who would wait so long', () => {
    const hall = new QueueHall();
    // Eight windows, twelve minutes each while nothing is known: nine people ahead wait 13.5 minutes.
    for (let count = 0; count < 9; count += 1) hall.take();
    hall.openUntil = hall.now + 13.5 * MINUTE;
    hall.take();
    expect(hall.ask('K01', takeOf())).toMatchObject({ refused: 'issuing-closed', details: { waitMs: 15 * MINUTE } });
    expect(hall.take({ class: 'priority' }).number).toBe('V001');
    expect(hall.take({ queue: 'A' }).number).toBe('A001');
    expect(hall.take({ class: 'pickup', pinned: 'W01' }).number).toBe('L001');
  });

  test('unless the plan says otherwise, or a supervisor', () => {
    const hall = new QueueHall();
    for (let count = 0; count < 9; count += 1) hall.take();
    hall.openUntil = hall.now + MINUTE;
    hall.stops = [{ queue: 'B', reason: '加班', force: 'open' }];
    expect(hall.take().number).toBe('B010');
    hall.stops = [];
    hall.plan = { ...DEFAULT_PLAN, policy: { ...DEFAULT_PLAN.policy, stopBeforeClosing: false } };
    expect(hall.take().number).toBe('B011');
  });

  test('when a supervisor says so; of a queue before that of all', () => {
    const hall = new QueueHall();
    hall.stops = [{ queue: 'all', reason: '停电', force: 'stopped' }];
    expect(hall.ask('K01', takeOf())).toEqual({ refused: 'issuing-stopped', details: { reason: '停电' } });
    hall.stops.push({ queue: 'B', reason: '已恢复', force: 'open' });
    expect(hall.take().number).toBe('B001');
    expect(hall.ask('K01', takeOf({ queue: 'A' }))).toMatchObject({ refused: 'issuing-stopped' });
  });

  test('with no window open nothing can be said, and numbers are given', () => {
    const hall = new QueueHall();
    for (const { terminal } of DEFAULT_PLAN.windows) hall.setWindow(terminal, 'closed');
    hall.openUntil = hall.now + SECOND;
    expect(hall.take().number).toBe('B001');
  });
});
