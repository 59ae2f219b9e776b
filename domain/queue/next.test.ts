import { describe, expect, test } from 'vitest';
import { MINUTE, QueueHall, SECOND, served, takeMany, takeOf } from '../../tests/fixtures/queueHall.ts';
import type { HallPlan } from './hallTypes.ts';
import { nextAt, previewAt } from './next.ts';
import { DEFAULT_PLAN, plannedWindow } from './plan.ts';

/** Rows of domain.md §6.3 and 6.5, one after the other. */

function bookAndTake(hall: QueueHall, from: number, changed: Parameters<QueueHall['take']>[0] = {}) {
  const id = hall.newId();
  const slot = { from: new Date(from).toISOString(), to: new Date(from + 60 * MINUTE).toISOString() };
  const booked = {
    code: '12345678',
    name: '张三',
    phone: '13800000000',
    itemCode: 'B01',
    floor: 2,
    source: 'wechat',
  } as const;
  const ended = {
    ticketId: null,
    endedAt: null,
    bookedAt: '2026-11-26T01:00:00.000Z',
    state: 'booked',
    version: 1,
  } as const;
  hall.appointments.set(id, { ...booked, ...ended, id, day: '2026-11-27', slot });
  return hall.take({ class: 'appointment', appointment: id, ...changed });
}

describe('the order of the classes', () => {
  test('ordinary tickets are called in the order in which they were taken', () => {
    const hall = new QueueHall();
    takeMany(hall, {}, {}, {});
    expect(served(hall, 'W01')).toEqual(['B001', 'B002', 'B003']);
  });

  test('priority goes before an appointment in its slot, and that before whoever came first', () => {
    const hall = new QueueHall();
    takeMany(hall, {}, { class: 'priority' });
    bookAndTake(hall, hall.now);
    hall.plan = { ...DEFAULT_PLAN, policy: { ...DEFAULT_PLAN.policy, maxPrioritiesInRow: 9 } };
    expect(served(hall, 'W01')).toEqual(['V001', 'Y001', 'B001']);
  });

  test('a ticket sent from another window goes before priority', () => {
    const hall = new QueueHall();
    const [first] = takeMany(hall, {}, { class: 'priority' });
    hall.must('S01', { kind: 'raise', ticketId: first?.id ?? '', reason: '等候过久' });
    expect(hall.next('W01')?.number).toBe('B001');
    expect(hall.ticket(first?.id ?? '').calls[0]?.why.rule).toBe('returned');
  });

  test('an enterprise goes first at a green window and waits its turn at any other', () => {
    const hall = new QueueHall();
    takeMany(hall, {}, { class: 'enterprise', batch: 20 }, {});
    expect(hall.next('W01')?.number).toBe('B001');
    const green = hall.next('W07');
    expect(green?.number).toBe('E001');
    expect(green?.calls[0]?.why.rule).toBe('enterprise');
  });

  test('whoever waited for more than half an hour goes before an enterprise that came later', () => {
    const hall = new QueueHall();
    takeMany(hall, {});
    hall.now += 30 * MINUTE;
    takeMany(hall, { class: 'enterprise' });
    const aged = hall.next('W07');
    expect(aged?.number).toBe('B001');
    expect(aged?.calls[0]?.why.rule).toBe('aged');
  });

  test('half an hour and no longer does not raise', () => {
    const hall = new QueueHall();
    const ticket = hall.take();
    hall.now += 30 * MINUTE;
    hall.take({ class: 'enterprise' });
    expect(nextAt(hall.view(), windowOf('W07'), 'hub')?.number).toBe('E001');
    hall.now += 1;
    expect(nextAt(hall.view(), windowOf('W07'), 'hub')?.number).toBe(ticket.number);
  });
});

describe('at most two with priority in a row before one ordinary ticket', () => {
  test('two, then the ordinary one, then two again', () => {
    const hall = new QueueHall();
    takeMany(hall, ...Array.from({ length: 5 }, () => ({ class: 'priority' as const })), {}, {});
    expect(served(hall, 'W01')).toEqual(['V001', 'V002', 'B001', 'V003', 'V004', 'B002', 'V005']);
  });

  test('the call says that priority stood back', () => {
    const hall = new QueueHall();
    takeMany(hall, { class: 'priority' }, { class: 'priority' }, { class: 'priority' }, {});
    for (const _ of [1, 2]) hall.serve('W01');
    const why = hall.next('W01')?.calls[0]?.why;
    expect(why).toMatchObject({ rule: 'after-priorities', lane: 'first-come', prioritiesInRow: 2, eligible: 2 });
    expect(why?.compared).toMatchObject([{ number: 'V003', class: 'priority', rule: 'priority' }]);
  });

  test('with nobody else waiting there is no cap', () => {
    const hall = new QueueHall();
    takeMany(hall, { class: 'priority' }, { class: 'priority' }, { class: 'priority' });
    expect(served(hall, 'W01')).toEqual(['V001', 'V002', 'V003']);
  });

  test('each window counts its own calls', () => {
    const hall = new QueueHall();
    takeMany(hall, { class: 'priority' }, { class: 'priority' }, { class: 'priority' }, {});
    expect(hall.serve('W01')).toBe('V001');
    expect(hall.serve('W01')).toBe('V002');
    expect(hall.serve('W02')).toBe('V003');
  });

  test('a call chosen by hand neither lengthens nor ends the row', () => {
    const hall = new QueueHall();
    const [, , , , last] = takeMany(hall, { class: 'priority' }, { class: 'priority' }, { class: 'priority' }, {}, {});
    hall.serve('W01');
    hall.serve('W01');
    hall.must('W01', { kind: 'call', ticketId: last?.id ?? '', purpose: 'intake' });
    hall.must('W01', { kind: 'finish', ticketId: last?.id ?? '' });
    expect(hall.serve('W01')).toBe('B001');
  });
});

describe('appointments', () => {
  test.each([
    ['eleven minutes before its slot', -11 * MINUTE, 'B001'],
    ['ten minutes before its slot', -10 * MINUTE, 'Y001'],
    ['within its slot', 30 * MINUTE, 'Y001'],
  ])('%s', (_, late, expected) => {
    const hall = new QueueHall();
    hall.take();
    hall.now += SECOND;
    bookAndTake(hall, hall.now - late);
    expect(hall.next('W01')?.number).toBe(expected);
  });

  test('before its slot it waits like any other, and is not left behind', () => {
    const hall = new QueueHall();
    bookAndTake(hall, hall.now + 60 * MINUTE);
    hall.now += SECOND;
    hall.take();
    expect(hall.next('W01')?.number).toBe('Y001');
  });

  test('one that waited too long is raised to priority', () => {
    const hall = new QueueHall();
    bookAndTake(hall, hall.now);
    hall.now += 31 * MINUTE;
    hall.take({ class: 'priority' });
    expect(hall.next('W01')?.number).toBe('Y001');
  });
});

describe('which tickets a window may call', () => {
  test('those of its queues on its floor', () => {
    const hall = new QueueHall();
    hall.take({ queue: 'A' });
    expect(hall.next('W01')).toBeNull();
    expect(hall.next('W09')?.number).toBe('A001');
  });

  test('the first of its queues before the second, until one of the second waited too long', () => {
    const plan: HallPlan = {
      ...DEFAULT_PLAN,
      windows: DEFAULT_PLAN.windows.map((each) => ({ ...each, floor: 2, queues: ['B', 'A'] })),
    };
    const hall = new QueueHall(plan);
    takeMany(hall, { queue: 'A' }, { queue: 'B' });
    expect(nextAt(hall.view(), windowOf('W01', plan), 'hub')?.number).toBe('B001');
    hall.now += 31 * MINUTE;
    expect(nextAt(hall.view(), windowOf('W01', plan), 'hub')?.number).toBe('A001');
  });

  test('one sent to a window is called there alone, unless that window closes', () => {
    const hall = new QueueHall();
    const ticket = hall.take();
    hall.next('W01');
    hall.must('W01', { kind: 'transfer', ticketId: ticket.id, queue: 'B', to: 'W05', reason: '专窗' });
    expect(hall.next('W02')).toBeNull();
    hall.setWindow('W05', 'paused');
    expect(hall.next('W02')).toBeNull();
    hall.setWindow('W05', 'closed');
    expect(hall.next('W02')?.id).toBe(ticket.id);
  });

  test('nobody who is called already', () => {
    const hall = new QueueHall();
    hall.take();
    expect(hall.next('W01')).not.toBeNull();
    expect(hall.next('W02')).toBeNull();
  });

  test('nobody who waits again but is called elsewhere to collect', () => {
    const hall = new QueueHall();
    const ticket = hall.take();
    hall.ready(ticket.id, 'W03');
    expect(hall.next('W03')?.state).toBe('WAITING');
    expect(hall.next('W04')).toBeNull();
    expect(hall.ask('W04', { kind: 'call', ticketId: ticket.id, purpose: 'intake' })).toEqual({
      refused: 'ticket-called',
      details: { terminal: 'W03' },
    });
  });

  test('nobody of yesterday', () => {
    const hall = new QueueHall();
    hall.take();
    hall.now += 24 * 60 * MINUTE;
    expect(hall.next('W01')).toBeNull();
  });
});

test('what comes next is what will be called', () => {
  const hall = new QueueHall();
  takeMany(hall, ...Array.from({ length: 4 }, () => ({ class: 'priority' as const })), {}, {});
  const told = previewAt(hall.view(), windowOf('W01'), 'hub', 5).map(({ number }) => number);
  expect(told).toEqual(served(hall, 'W01').slice(0, 5));
  expect(previewAt(hall.view(), windowOf('W01'), 'hub', 5)).toEqual([]);
});

test('nobody is left out of a preview because somebody collects with the same number', () => {
  const hall = new QueueHall();
  const ticket = hall.take();
  hall.ready(ticket.id, 'W01');
  expect(previewAt(hall.view(), windowOf('W01'), 'hub', 5)).toHaveLength(1);
});

test('a ticket asked for on purpose is called before its turn, and the call says so', () => {
  const hall = new QueueHall();
  const [, second] = takeMany(hall, {}, {});
  hall.must('W01', { kind: 'call', ticketId: second?.id ?? '', purpose: 'intake' });
  expect(hall.ticket(second?.id ?? '').calls[0]?.why).toMatchObject({
    rule: 'chosen',
    eligible: 2,
    compared: [{ number: 'B001', rule: 'first-come' }],
  });
});

test('a kiosk calls nobody', () => {
  const hall = new QueueHall();
  hall.must('K01', takeOf());
  expect(hall.ask('K01', { kind: 'next' })).toMatchObject({ refused: 'forbidden' });
});

function windowOf(terminal: string, plan: HallPlan = DEFAULT_PLAN) {
  const window = plannedWindow(plan, terminal);
  if (window === null) throw new Error(terminal);
  return window;
}
