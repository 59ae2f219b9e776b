import { describe, expect, test } from 'vitest';
import { queueState } from '../../contract/rpc/queue.ts';
import { MINUTE, QueueHall, SECOND } from '../../tests/fixtures/queueHall.ts';
import { citizenView } from './citizenView.ts';
import { reconciliation } from './reconcile.ts';
import { screenView } from './screenView.ts';
import { makeView } from './view.ts';
import { windowView } from './windowView.ts';

/** One of each: in hand, waiting, set aside, passed, to be collected. */
function busyHall() {
  const hall = new QueueHall();
  const [held, passed, ready, current] = [hall.take(), hall.take(), hall.take(), hall.take()];
  hall.next('W03');
  hall.must('W03', { kind: 'hold', ticketId: held.id, reason: '去复印' });
  hall.next('W03');
  hall.passOver('W03', passed.id);
  hall.must('W03', { kind: 'call', ticketId: ready.id, purpose: 'intake' });
  hall.must('W03', { kind: 'finish', ticketId: ready.id });
  hall.ready(ready.id, 'W03');
  hall.must('W03', { kind: 'call', ticketId: current.id, purpose: 'intake' });
  hall.now += SECOND;
  hall.take({ class: 'priority' });
  return { hall, held, passed, ready, current };
}

describe('what a window shows', () => {
  test('whom it has in hand, who is next, who was set aside, passed, or is to collect', () => {
    const { hall } = busyHall();
    const found = windowView(hall.view(), 'W03', 'hub');
    expect(found).toMatchObject({
      number: 3,
      window: { terminal: 'W03', state: 'open' },
      current: { number: 'B004' },
      held: [{ number: 'B001' }],
      passed: [{ number: 'B002' }],
      pickups: [{ number: 'B003' }],
      next: [
        { number: 'B003', class: 'ordinary', purpose: 'pickup' },
        { number: 'V001', class: 'priority', purpose: 'intake' },
        { number: 'B002', class: 'ordinary', purpose: 'intake' },
      ],
    });
    expect(found.windows).toHaveLength(18);
  });

  test('fits its contract', () => {
    const { hall } = busyHall();
    const schema = queueState.pick({ counts: true, next: true, windows: true, number: true });
    const { counts, next, windows, number } = windowView(hall.view(), 'W03', 'hub');
    expect(schema.parse({ counts, next, windows, number })).toEqual({ counts, next, windows, number });
  });

  test('of a terminal that is no window: the counts of the whole hall, and nothing of its own', () => {
    const { hall } = busyHall();
    hall.take({ queue: 'A' });
    const found = windowView(hall.view(), 'S01', 'hub');
    expect(found).toMatchObject({ number: null, current: null, next: [], held: [], pickups: [], passed: [] });
    expect(found.counts.map(({ queue, class: ticketClass }) => [queue, ticketClass])).toEqual([
      ['B', 'priority'],
      ['B', 'ordinary'],
      ['A', 'ordinary'],
    ]);
  });

  test('a pickup called in vain stays in sight, behind those that wait', () => {
    const hall = new QueueHall();
    const [first, second] = [hall.take(), hall.take()];
    for (const _ of [1, 2]) hall.serve('W03');
    hall.ready(first.id, 'W03');
    hall.now += SECOND;
    hall.ready(second.id, 'W03');
    hall.next('W03');
    hall.passOver('W03', first.id);
    const shown = () => windowView(hall.view(), 'W03', 'hub').pickups.map(({ number }) => number);
    expect(shown()).toEqual(['B002', 'B001']);
    for (const _ of [2, 3]) {
      hall.must('W03', { kind: 'call', ticketId: first.id, purpose: 'pickup' });
      hall.passOver('W03', first.id);
    }
    expect(shown()).toEqual(['B002', 'B001']);
  });
});

describe('a number that two hubs called while they were apart', () => {
  const calledTwice = () => {
    const hall = new QueueHall();
    const [first, second] = [hall.take(), hall.take()];
    hall.now += SECOND;
    hall.next('W04');
    // As the hub that decides has it: called at W04, and what W03 did is named.
    const { ticket } = reconciliation(
      hall.ticket(first.id),
      [{ kind: 'ticket.called', body: { terminal: 'W03' } }],
      '2026-11-27T01:00:02.000Z',
    );
    hall.tickets.set(first.id, { ...hall.ticket(first.id), ...ticket });
    const shown = (terminal: string) => windowView(hall.view(), terminal, 'hub').overtaken;
    return { hall, first, second, shown };
  };

  test('is named, with its window, where it is no more, and nowhere else', () => {
    const { hall, first, shown } = calledTwice();
    expect(shown('W03')).toEqual({ number: first.number, window: 4 });
    expect([shown('W04'), shown('W05')]).toEqual([null, null]);
    hall.must('W04', { kind: 'finish', ticketId: first.id });
    expect(shown('W03')).toEqual({ number: first.number, window: 4 });
  });

  test('until that window calls the next, or is given the number after all', () => {
    const { hall, second, shown } = calledTwice();
    hall.now += SECOND;
    expect(hall.next('W03')?.id).toBe(second.id);
    expect(shown('W03')).toBeNull();
    hall.must('W03', { kind: 'finish', ticketId: second.id });
    expect(shown('W03')).toBeNull();
  });
});

describe('what a floor shows', () => {
  test('who is called where, who is passed, how many wait, and which window pauses', () => {
    const { hall } = busyHall();
    hall.setWindow('W05', 'paused');
    hall.must('W04', { kind: 'next' });
    expect(screenView(hall.view(), 2)).toMatchObject({
      floor: 2,
      now: [
        { number: 'V001', window: 4, times: 1, isAwaited: true },
        { number: 'B004', window: 3, times: 1, isAwaited: true },
      ],
      pickup: [],
      ready: [{ number: 'B003', window: 3 }],
      passed: ['B002'],
      paused: [5],
      queues: ['B'],
      stopped: [],
      isClosed: false,
      waiting: [{ queue: 'B', class: 'ordinary', prefix: 'B', waiting: 1, next: ['B002'] }],
    });
  });

  test('a recall comes to the top again, and whoever is there is awaited no longer', () => {
    const hall = new QueueHall();
    const first = hall.take();
    hall.take();
    hall.next('W01');
    hall.now += 15 * SECOND;
    hall.next('W02');
    hall.now += SECOND;
    hall.must('W01', { kind: 'recall', ticketId: first.id });
    hall.must('W02', { kind: 'arrive', ticketId: [...hall.tickets.keys()][1] ?? '' });
    expect(screenView(hall.view(), 2).now).toMatchObject([
      { number: 'B001', times: 2, isAwaited: true },
      { number: 'B002', times: 1, isAwaited: false },
    ]);
  });

  test('who is called to collect stands apart', () => {
    const { hall, current } = busyHall();
    hall.must('W03', { kind: 'finish', ticketId: current.id });
    hall.next('W03');
    expect(screenView(hall.view(), 2)).toMatchObject({ now: [], pickup: [{ number: 'B003', window: 3 }], ready: [] });
  });

  test('nothing of another floor', () => {
    const { hall } = busyHall();
    expect(screenView(hall.view(), 3)).toMatchObject({ now: [], ready: [], passed: [], paused: [], queues: ['A'] });
  });

  test('closed, when no window is open or pauses and nobody is called', () => {
    const hall = new QueueHall();
    hall.take({ queue: 'A' });
    hall.next('W09');
    for (const { terminal } of hall.plan.windows) hall.setWindow(terminal, 'closed');
    expect([2, 3].map((floor) => screenView(hall.view(), floor).isClosed)).toEqual([true, false]);
  });

  test('which queues give no numbers now', () => {
    const hall = new QueueHall();
    hall.stops = [{ queue: 'B', reason: '停电', force: 'stopped' }];
    expect([2, 3].map((floor) => screenView(hall.view(), floor).stopped)).toEqual([['B'], []]);
    hall.stops = [];
    hall.openUntil = null;
    expect([2, 3].map((floor) => screenView(hall.view(), floor).stopped)).toEqual([['B'], ['A']]);
  });

  test('neither a person nor an item, whatever is known of them', () => {
    const hall = new QueueHall();
    const person = '0123456789abcdef0123456789abcdef';
    hall.take({ person, itemCode: 'A05', elder: true });
    hall.next('W01');
    const text = JSON.stringify(screenView(hall.view(), 2));
    for (const secret of [person, 'A05', 'elder', '1001', '王敏']) expect(text).not.toContain(secret);
  });
});

describe('a view', () => {
  test('of nothing has the default plan and no time to closing', () => {
    const view = makeView({ now: Date.parse('2026-11-27T16:30:00.000Z'), openUntil: 1, tickets: [], windows: [] });
    expect(view).toMatchObject({ day: '2026-11-28', planVersion: 0, openUntil: null });
    expect(view.plan.windows).toHaveLength(18);
  });

  test('has the stops of its day, and the newest plan', () => {
    const hall = new QueueHall();
    const plan = { ...hall.plan, id: 'a', version: 1, by: '1009' };
    const stop = { queue: 'B', reason: '停电', force: 'stopped', at: '2026-11-26T01:00:00.000Z', by: '1009' } as const;
    const view = makeView({
      now: hall.now,
      openUntil: hall.now + MINUTE,
      tickets: [hall.take()],
      windows: [],
      plans: [
        { ...plan, version: 4, at: '2026-11-26T01:00:00.000Z' },
        { ...plan, version: 2, at: '2026-11-25T01:00:00.000Z' },
      ],
      issues: [{ id: 'i', version: 1, day: '2026-11-26', stops: [stop] }],
    });
    expect(view).toMatchObject({ planVersion: 4, stops: [], openUntil: hall.now + MINUTE });
    expect(view.tickets.size).toBe(1);
  });
});

describe('what stands before the citizen at a window', () => {
  test('its number, its state and the number in hand; whether somebody came, and what for', () => {
    const { hall, ready, current } = busyHall();
    expect(citizenView(hall.view(), 'W03')).toEqual({
      window: 3,
      state: 'open',
      current: { number: current.number, purpose: 'intake', isHere: false },
    });
    hall.must('W03', { kind: 'arrive', ticketId: current.id });
    expect(citizenView(hall.view(), 'W03').current).toMatchObject({ isHere: true });
    hall.must('W03', { kind: 'finish', ticketId: current.id });
    expect(citizenView(hall.view(), 'W03').current).toBeNull();
    hall.must('W03', { kind: 'call', ticketId: ready.id, purpose: 'pickup' });
    expect(citizenView(hall.view(), 'W03').current).toEqual({ number: ready.number, purpose: 'pickup', isHere: false });
    // Nothing of the window beside it.
    expect(citizenView(hall.view(), 'W04').current).toBeNull();
  });

  test('a machine that is no window of the plan has no number and nobody', () => {
    expect(citizenView(busyHall().hall.view(), 'W77')).toEqual({ window: null, state: 'closed', current: null });
  });
});
