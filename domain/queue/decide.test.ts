import { describe, expect, test } from 'vitest';
import { MINUTE, QueueHall, SECOND } from '../../tests/fixtures/queueHall.ts';
import type { QueueCommand } from './commands.ts';
import type { decide } from './decide.ts';
import { DEFAULT_PLAN } from './plan.ts';

/** Guards of domain.md §6.4: what a window may do with whom it called, and when. */

function calledAt(terminal = 'W03') {
  const hall = new QueueHall();
  const ticket = hall.take();
  hall.next(terminal);
  return { hall, ticketId: ticket.id };
}

describe('next', () => {
  test('a window with somebody in hand calls nobody else, and is told whom it has', () => {
    const { hall, ticketId } = calledAt();
    hall.take();
    expect(hall.ask('W03', { kind: 'next' })).toEqual({
      refused: 'window-busy',
      details: { number: 'B001', ticketId },
    });
    expect(hall.ask('W03', { kind: 'call', ticketId, purpose: 'intake' })).toMatchObject({ refused: 'window-busy' });
  });

  test.each(['paused', 'closed'] as const)('a window that is %s calls nobody', (state) => {
    const hall = new QueueHall();
    hall.take();
    hall.setWindow('W03', state);
    expect(hall.ask('W03', { kind: 'next' })).toMatchObject({ refused: 'window-not-open' });
  });

  test('a terminal that is no window of the plan calls nobody', () => {
    expect(new QueueHall().ask('W55', { kind: 'next' })).toMatchObject({ refused: 'window-not-planned' });
  });

  test('with nobody waiting, nothing is written and nobody is called', () => {
    expect(new QueueHall().ask('W03', { kind: 'next' })).toEqual({ steps: [], ticketId: null });
  });

  test('the call carries the window, the clerk and the time', () => {
    const { hall, ticketId } = calledAt();
    expect(hall.ticket(ticketId)).toMatchObject({
      state: 'CALLED',
      calls: [
        { terminal: 'W03', window: 3, clerk: '1001', purpose: 'intake', times: 1, at: '2026-11-27T01:00:00.000Z' },
      ],
    });
  });
});

describe('recall', () => {
  test('after 15 s and no earlier, counted from the last call', () => {
    const { hall, ticketId } = calledAt();
    hall.now += 15 * SECOND - 1;
    expect(hall.ask('W03', { kind: 'recall', ticketId })).toEqual({
      refused: 'recall-too-early',
      details: { waitMs: 1 },
    });
    hall.now += 1;
    hall.must('W03', { kind: 'recall', ticketId });
    hall.now += 15 * SECOND - 1;
    expect(hall.ask('W03', { kind: 'recall', ticketId })).toMatchObject({ refused: 'recall-too-early' });
  });

  test('three calls in all', () => {
    const { hall, ticketId } = calledAt();
    for (const _ of [2, 3]) {
      hall.now += 15 * SECOND;
      hall.must('W03', { kind: 'recall', ticketId });
    }
    hall.now += 15 * SECOND;
    expect(hall.ask('W03', { kind: 'recall', ticketId })).toMatchObject({ refused: 'recall-too-often' });
    expect(hall.ticket(ticketId).calls[0]?.times).toBe(3);
  });

  test('not of somebody who is at the window', () => {
    const { hall, ticketId } = calledAt();
    hall.must('W03', { kind: 'arrive', ticketId });
    hall.now += MINUTE;
    expect(hall.ask('W03', { kind: 'recall', ticketId })).toMatchObject({ refused: 'already-arrived' });
  });
});

describe('whose ticket it is', () => {
  const kinds: Extract<QueueCommand, { ticketId: string }>['kind'][] = [
    'recall',
    'arrive',
    'pass',
    'hold',
    'finish',
    'send-back',
    'transfer',
    'void',
  ];

  function commandOf(kind: (typeof kinds)[number], ticketId: string) {
    const all = { kind, ticketId, reason: kind === 'void' ? 'cancelled' : '取材料', note: '', queue: 'B', to: null };
    return all as unknown as Parameters<typeof decide>[0];
  }

  test.each(kinds)('%s: only by the window that called it', (kind) => {
    const { hall, ticketId } = calledAt('W03');
    hall.now += MINUTE;
    expect(hall.ask('W04', commandOf(kind, ticketId))).toEqual({
      refused: 'not-your-ticket',
      details: { terminal: 'W03' },
    });
  });

  test.each(kinds.filter((kind) => kind !== 'void'))('%s: not of somebody who only waits', (kind) => {
    const hall = new QueueHall();
    const ticket = hall.take();
    expect(hall.ask('W03', commandOf(kind, ticket.id))).toMatchObject({ refused: 'nobody-called' });
  });

  test.each(kinds)('%s: not of a ticket nobody knows', (kind) => {
    expect(new QueueHall().ask('W03', commandOf(kind, 'x'))).toMatchObject({ refused: 'ticket-gone' });
  });

  test.each(['finish', 'void', 'transfer'] as const)('%s: a supervisor ends what hangs at a dead window', (kind) => {
    const { hall, ticketId } = calledAt('W03');
    hall.must('S01', commandOf(kind, ticketId));
    expect(hall.ticket(ticketId).calls[0]?.ended).not.toBeNull();
  });
});

describe('pass', () => {
  test('after the third call and a minute, no earlier', () => {
    const { hall, ticketId } = calledAt();
    hall.now += 10 * MINUTE;
    expect(hall.ask('W03', { kind: 'pass', ticketId })).toMatchObject({
      refused: 'pass-too-early',
      details: { callsLeft: 2 },
    });
    hall.must('W03', { kind: 'recall', ticketId });
    hall.now += MINUTE;
    hall.must('W03', { kind: 'recall', ticketId });
    hall.now += MINUTE - 1;
    expect(hall.ask('W03', { kind: 'pass', ticketId })).toMatchObject({ details: { callsLeft: 0, waitMs: 1 } });
    hall.now += 1;
    hall.must('W03', { kind: 'pass', ticketId });
    expect(hall.ticket(ticketId)).toMatchObject({ state: 'WAITING', passes: 1, returned: { how: 'passed' } });
  });

  test('an elder has two minutes', () => {
    const hall = new QueueHall();
    const { id: ticketId } = hall.take({ elder: true });
    hall.next('W03');
    for (const _ of [2, 3]) {
      hall.now += 15 * SECOND;
      hall.must('W03', { kind: 'recall', ticketId });
    }
    hall.now += 2 * MINUTE - 1;
    expect(hall.ask('W03', { kind: 'pass', ticketId })).toMatchObject({ refused: 'pass-too-early' });
    hall.now += 1;
    hall.must('W03', { kind: 'pass', ticketId });
  });

  test('not of somebody who is at the window', () => {
    const { hall, ticketId } = calledAt();
    hall.must('W03', { kind: 'arrive', ticketId });
    expect(hall.ask('W03', { kind: 'pass', ticketId })).toMatchObject({ refused: 'already-arrived' });
  });
});

describe('hold', () => {
  test('for 30 minutes; only that window calls it back, and the place is kept', () => {
    const { hall, ticketId } = calledAt('W03');
    hall.must('W03', { kind: 'hold', ticketId, reason: '去复印' });
    expect(hall.ticket(ticketId)).toMatchObject({
      state: 'HELD',
      heldBy: 'W03',
      heldUntil: '2026-11-27T01:30:00.000Z',
    });
    expect(hall.next('W04')).toBeNull();
    expect(hall.next('W03')).toBeNull();
    expect(hall.ask('W04', { kind: 'call', ticketId, purpose: 'intake' })).toMatchObject({
      refused: 'not-your-ticket',
    });
    hall.must('W03', { kind: 'call', ticketId, purpose: 'intake' });
    expect(hall.ticket(ticketId)).toMatchObject({ state: 'CALLED', heldBy: null, heldUntil: null });
  });

  test('when the 30 minutes are over it is called in its turn again, before those who came later', () => {
    const { hall, ticketId } = calledAt('W03');
    hall.must('W03', { kind: 'hold', ticketId, reason: '去复印' });
    hall.now += SECOND;
    hall.take();
    hall.now += 30 * MINUTE - SECOND - 1;
    expect(hall.must('W04', { kind: 'next' }).ticketId).not.toBe(ticketId);
    hall.now += 1;
    hall.take();
    expect(hall.next('W05')?.id).toBe(ticketId);
  });

  test('several at once', () => {
    const hall = new QueueHall();
    for (const ticket of [hall.take(), hall.take(), hall.take()]) {
      hall.next('W03');
      hall.must('W03', { kind: 'hold', ticketId: ticket.id, reason: '去复印' });
    }
    expect([...hall.tickets.values()].every(({ heldBy }) => heldBy === 'W03')).toBe(true);
  });

  test('not of a pickup', () => {
    const { hall, ticketId } = calledAt('W03');
    hall.must('W03', { kind: 'finish', ticketId });
    hall.ready(ticketId, 'W03');
    hall.next('W03');
    expect(hall.ask('W03', { kind: 'hold', ticketId, reason: '去复印' })).toMatchObject({ refused: 'ticket-state' });
  });
});

describe('transfer', () => {
  test('to a queue on another floor; the time of the ticket is kept', () => {
    const { hall, ticketId } = calledAt('W03');
    const { takenAt, orderAt } = hall.ticket(ticketId);
    hall.now += 10 * MINUTE;
    hall.must('W03', { kind: 'transfer', ticketId, queue: 'A', to: null, reason: '须先办税' });
    expect(hall.ticket(ticketId)).toMatchObject({
      queue: 'A',
      floor: 3,
      pinned: null,
      takenAt,
      orderAt,
      state: 'WAITING',
    });
    hall.take({ queue: 'A', class: 'priority' });
    expect(hall.next('W09')?.id).toBe(ticketId);
  });

  test('to a window that is closed, or that is none, is refused', () => {
    const { hall, ticketId } = calledAt('W03');
    hall.setWindow('W05', 'closed');
    const to = (terminal: string) =>
      hall.ask('W03', { kind: 'transfer', ticketId, queue: 'B', to: terminal, reason: '专窗' });
    expect(to('W05')).toMatchObject({ refused: 'window-not-open' });
    expect(to('W77')).toMatchObject({ refused: 'window-not-planned' });
  });

  test('to a queue that no window serves is refused', () => {
    const { hall, ticketId } = calledAt('W03');
    expect(hall.ask('W03', { kind: 'transfer', ticketId, queue: 'G', to: null, reason: '公积金' })).toMatchObject({
      refused: 'queue-not-served',
    });
  });
});

describe('the end of a ticket', () => {
  test('finish, once', () => {
    const { hall, ticketId } = calledAt();
    hall.must('W03', { kind: 'finish', ticketId });
    expect(hall.ask('W03', { kind: 'finish', ticketId })).toMatchObject({ refused: 'nobody-called' });
    expect(hall.ticket(ticketId).state).toBe('FINISHED');
  });

  test('sent back to pre-review, the ticket ends and the pre-review says why', () => {
    const hall = new QueueHall();
    const preReview = hall.newId();
    hall.preReviews.set(preReview, { id: preReview, ended: null } as never);
    const ticket = hall.take({ preReview });
    hall.next('W03');
    const { steps } = hall.must('W03', { kind: 'send-back', ticketId: ticket.id, reason: '缺合同' });
    expect(steps).toMatchObject([
      { kind: 'ticket.voided', body: { reason: 'sent-back', note: '缺合同' } },
      { kind: 'prereview.sent-back', stream: `prereview:${preReview}`, body: { terminal: 'W03', reason: '缺合同' } },
    ]);
  });

  test('whoever waits may cancel; a pass is no cancelling', () => {
    const hall = new QueueHall();
    const { id: ticketId } = hall.take();
    expect(hall.ask('W03', { kind: 'void', ticketId, reason: 'passed', note: '' })).toMatchObject({
      refused: 'bad-input',
    });
    hall.must('W03', { kind: 'void', ticketId, reason: 'cancelled', note: '改天再来' });
    expect(hall.ask('W03', { kind: 'void', ticketId, reason: 'cancelled', note: '' })).toMatchObject({
      refused: 'ticket-state',
    });
  });

  test('printed again as often as needed, but not when void', () => {
    const hall = new QueueHall();
    const { id: ticketId } = hall.take();
    hall.must('K01', { kind: 'reprint', ticketId });
    hall.must('W03', { kind: 'reprint', ticketId });
    expect(hall.ticket(ticketId).reprints).toBe(2);
    hall.must('W03', { kind: 'void', ticketId, reason: 'mistake', note: '' });
    expect(hall.ask('K01', { kind: 'reprint', ticketId })).toMatchObject({ refused: 'ticket-state' });
  });
});

test('by courier, a certificate is not collected here any more', () => {
  const { hall, ticketId } = calledAt();
  hall.must('W03', { kind: 'finish', ticketId });
  hall.ready(ticketId, 'W03');
  const caseId = hall.ticket(ticketId).pickup?.cases[0] ?? '';
  hall.must('W03', { kind: 'drop-pickup', ticketId, caseId });
  expect(hall.ticket(ticketId).pickup?.state).toBe('cancelled');
  expect(hall.next('W03')).toBeNull();
  expect(hall.ask('W03', { kind: 'drop-pickup', ticketId, caseId })).toMatchObject({ refused: 'ticket-state' });
});

test('a supervisor raises somebody who waits, once', () => {
  const hall = new QueueHall();
  hall.take();
  const { id: ticketId } = hall.take();
  hall.must('S01', { kind: 'raise', ticketId, reason: '孕妇' });
  expect(hall.next('W01')?.id).toBe(ticketId);
  expect(hall.ask('S01', { kind: 'raise', ticketId, reason: '孕妇' })).toMatchObject({ refused: 'ticket-state' });
});

test('what is not decided changes nothing', () => {
  const { hall, ticketId } = calledAt();
  const before = structuredClone(hall.ticket(ticketId));
  hall.ask('W03', { kind: 'recall', ticketId });
  hall.ask('W04', { kind: 'finish', ticketId });
  expect(hall.ticket(ticketId)).toEqual(before);
  expect(hall.plan).toEqual(DEFAULT_PLAN);
});
