import { describe, expect, test } from 'vitest';
import {
  CALLED_AT,
  calledTicket,
  pickupTicket,
  queueStateOf,
  secondsAfter,
  waitingTicket,
} from '../../../tests/fixtures/windowTickets.ts';
import {
  blockOf,
  handlingOf,
  otherBlock,
  overtakenBlock,
  type QueueState,
  type Situation,
  VERBS,
  type Verb,
  waitingByLetter,
} from './verbs.ts';

const CASE = '0198a000-0000-7000-8000-0000000000c1';

function situation(state: QueueState | null, at = CALLED_AT, part: Partial<Situation> = {}): Situation {
  return { state, busy: false, serviceUp: true, now: Date.parse(at), ...part };
}

/** What stands in the way of each verb; `ok` where nothing does. */
function reasons(state: QueueState | null, at?: string, part?: Partial<Situation>): string[] {
  return VERBS.map((verb) => blockOf(verb, situation(state, at, part))?.why ?? 'ok');
}

describe('the eight verbs', () => {
  test('with nobody in hand: next and pause, and call back when somebody was set aside', () => {
    const none = Array(5).fill('nobody-in-hand');
    expect(reasons(queueStateOf())).toEqual(['ok', ...none.slice(0, 3), 'ok', ...none.slice(3), 'nobody-aside']);
    for (const part of [
      { held: [waitingTicket('A001')] },
      { passed: [waitingTicket('A001')] },
      { pickups: [pickupTicket('A001', CASE)] },
    ]) {
      expect(blockOf('callBack', situation(queueStateOf(part)))).toBeNull();
    }
    expect(blockOf('callBack', situation(queueStateOf({ pickups: [pickupTicket('A001', CASE, true)] })))).toEqual({
      why: 'nobody-aside',
    });
  });

  test('a number that another window has now is named in place of none, and the next can be called', () => {
    const state = queueStateOf({ overtaken: { number: 'A015', window: 11 } });
    const overtaken = { why: 'overtaken', number: 'A015', window: 11 };
    expect(['recall', 'finish', 'noShow'].map((verb) => blockOf(verb as Verb, situation(state)))).toEqual(
      Array(3).fill(overtaken),
    );
    expect(otherBlock('arrive', situation(state))).toEqual(overtaken);
    expect(blockOf('callNext', situation(state))).toBeNull();
    const inHand = queueStateOf({ current: calledTicket('A016'), overtaken: { number: 'A015', window: 11 } });
    expect(overtakenBlock(inHand)).toBeNull();
  });

  test('a number in hand is ended before the next is called', () => {
    expect(blockOf('callNext', situation(queueStateOf({ current: calledTicket('A015') })))).toEqual({
      why: 'in-hand',
      number: 'A015',
    });
    expect(blockOf('callBack', situation(queueStateOf({ current: calledTicket('A015') })))?.why).toBe('in-hand');
  });

  test('a recall waits 15 s after the last call, counted down, and there are three calls in all', () => {
    const at = (seconds: number, recalls = 0) =>
      blockOf(
        'recall',
        situation(queueStateOf({ current: calledTicket('A015', {}, { recalls }) }), secondsAfter(seconds)),
      );
    expect(at(0)).toEqual({ why: 'wait-recall', seconds: 15 });
    expect(at(6.5)).toEqual({ why: 'wait-recall', seconds: 9 });
    expect(at(15)).toBeNull();
    expect(at(22, 1)).toEqual({ why: 'wait-recall', seconds: 13 });
    expect(at(300, 2)).toEqual({ why: 'all-called', times: 3 });
  });

  test('nobody is passed before the third call and 60 s, an elder before 120 s, and never whoever is there', () => {
    const at = (seconds: number, recalls: number, elder = false, arrived = false) =>
      blockOf(
        'noShow',
        situation(
          queueStateOf({ current: calledTicket('A015', { elder }, { recalls, arrived }) }),
          secondsAfter(seconds),
        ),
      );
    expect(at(3600, 0)).toEqual({ why: 'calls-left', left: 2 });
    expect(at(3600, 1)).toEqual({ why: 'calls-left', left: 1 });
    expect(at(50, 2)).toEqual({ why: 'wait-pass', seconds: 50 });
    expect(at(100, 2)).toBeNull();
    expect(at(100, 2, true)).toEqual({ why: 'wait-pass', seconds: 60 });
    expect(at(3600, 2, false, true)).toEqual({ why: 'arrived' });
  });

  test('only whoever is there is finished', () => {
    const at = (arrived: boolean) =>
      blockOf('finish', situation(queueStateOf({ current: calledTicket('A015', {}, { arrived }) })));
    expect(at(false)).toEqual({ why: 'not-arrived' });
    expect(at(true)).toBeNull();
  });

  test('whoever collects is neither transferred nor held', () => {
    const state = queueStateOf({ current: pickupTicket('A003', CASE, true) });
    expect(blockOf('hold', situation(state))).toEqual({ why: 'pickup' });
    expect(blockOf('transfer', situation(state))).toEqual({ why: 'pickup' });
    expect(otherBlock('void', situation(state))).toEqual({ why: 'pickup' });
    expect(otherBlock('arrive', situation(state))).toBeNull();
  });

  test('a paused window calls nobody and goes on with the number in hand', () => {
    const state = queueStateOf({ current: calledTicket('A015', {}, { arrived: true }) }, 'paused');
    expect(reasons(state, secondsAfter(100))).toEqual([
      'paused',
      'arrived',
      'ok',
      'arrived',
      'ok',
      'ok',
      'ok',
      'paused',
    ]);
    expect(reasons(queueStateOf({}, 'closed'))[0]).toBe('closed');
  });

  test('nothing is done while a command is under way, the service is away, or this desk calls nobody', () => {
    expect(new Set(reasons(queueStateOf(), CALLED_AT, { busy: true }))).toEqual(new Set(['busy']));
    expect(new Set(reasons(queueStateOf(), CALLED_AT, { serviceUp: false }))).toEqual(new Set(['service']));
    expect(new Set(reasons(queueStateOf({ mode: 'none' })))).toEqual(new Set(['no-queue']));
    expect(new Set(reasons(null))).toEqual(new Set(['no-queue']));
  });

  test('a number without pre-review cannot go back to it', () => {
    const at = (preReview: string | null) =>
      otherBlock('send-back', situation(queueStateOf({ current: calledTicket('A015', { preReview }) })));
    expect(at(null)).toEqual({ why: 'no-pre-review' });
    expect(at(CASE)).toBeNull();
  });
});

describe('the minutes of the number in hand', () => {
  test('run from the call against the pass, then from the arrival against a long service', () => {
    const of = (seconds: number, arrived: boolean) =>
      handlingOf(calledTicket('A015', {}, { arrived }), queueStateOf(), Date.parse(secondsAfter(seconds)));
    expect(of(30, false)).toEqual({ elapsedMs: 30_000, quarters: 2, tone: 'calm' });
    expect(of(46, false)?.tone).toBe('near');
    expect(of(61, false)).toMatchObject({ quarters: 4, tone: 'over' });
    expect(of(90 + 240, true)).toEqual({ elapsedMs: 240_000, quarters: 1, tone: 'calm' });
    expect(of(90 + 901, true)).toMatchObject({ quarters: 4, tone: 'over' });
    expect(of(-5, false)?.elapsedMs).toBe(0);
  });
});

test('who waits is counted by the letter on the ticket', () => {
  const count = (ticketClass: 'ordinary' | 'priority', waiting: number) =>
    ({ queue: 'A', class: ticketClass, waiting, longestMs: waiting * 60_000, estimate: null }) as const;
  const state = queueStateOf({
    counts: [
      count('ordinary', 7),
      count('priority', 1),
      { ...count('ordinary', 2), queue: 'B' },
      { ...count('priority', 3), queue: 'B' },
    ],
  });
  expect(waitingByLetter(state).map(({ letter, count: people, longestMs }) => [letter, people, longestMs])).toEqual([
    ['A', 7, 420_000],
    ['V', 4, 180_000],
    ['B', 2, 120_000],
  ]);
});
