import { describe, expect, test } from 'vitest';
import { HALL_BODIES } from '../../tests/fixtures/hallBodies.ts';
import { currentCall, isLive, stepTicket, type TicketOp } from './reduceTicket.ts';
import type { TicketBodies, TicketRecord } from './ticketTypes.ts';

const ID = '0198a000-0000-7000-8000-000000000001';
const CASE = '0198a000-0000-7000-8000-0000000000c1';

function op<K extends keyof TicketBodies>(kind: K, changed: Partial<TicketBodies[K]> = {}): TicketOp {
  return { kind, body: { ...HALL_BODIES[kind], ...changed } } as TicketOp;
}

const taken = op('ticket.taken');
const called = op('ticket.called');
const collected = op('ticket.called', { purpose: 'pickup' });
const arrived = op('ticket.arrived');
const finished = op('ticket.finished');
const held = op('ticket.held');
const passed = op('ticket.passed');
const voided = op('ticket.voided');
const ready = op('ticket.pickup-raised', { caseId: CASE });
const recalled = op('ticket.recalled');

/** After these ops, every one of them legal. */
function reached(...ops: TicketOp[]): TicketRecord {
  let ticket: TicketRecord | null = null;
  for (const each of [taken, ...ops]) {
    ticket = stepTicket(ticket, ID, each);
    if (ticket === null) throw new Error(`${each.kind} is not legal`);
  }
  if (ticket === null) throw new Error('no ticket');
  return ticket;
}

/** A ticket in each state that the rules tell apart. */
const STANDING = {
  none: null,
  waiting: reached(),
  called: reached(called),
  serving: reached(called, arrived),
  held: reached(called, held),
  finished: reached(called, arrived, finished),
  voided: reached(voided),
  ready: reached(called, finished, ready),
  collecting: reached(called, finished, ready, collected),
  handing: reached(called, finished, ready, collected, arrived),
  missed: reached(called, finished, ready, collected, passed),
  done: reached(called, finished, ready, collected, finished),
} as const;

type Standing = keyof typeof STANDING;

/** Where each op is legal; anywhere else it is refused. */
const LEGAL: [string, TicketOp, Standing[]][] = [
  ['taken', taken, ['none']],
  ['called for the first time', called, ['waiting', 'held']],
  ['called to collect', collected, ['ready', 'missed']],
  ['recalled', recalled, ['called', 'collecting']],
  ['arrived', arrived, ['called', 'collecting']],
  ['passed', passed, ['called', 'collecting']],
  ['held', held, ['called', 'serving']],
  ['resumed', op('ticket.resumed'), ['held']],
  ['transferred', op('ticket.transferred'), ['waiting', 'called', 'serving', 'held']],
  ['finished', finished, ['called', 'serving', 'collecting', 'handing']],
  ['voided', voided, ['waiting', 'called', 'serving', 'held']],
  ['raised', op('ticket.raised'), ['waiting']],
  [
    'reprinted',
    op('ticket.reprinted'),
    ['waiting', 'called', 'serving', 'held', 'finished', 'ready', 'collecting', 'handing', 'missed', 'done'],
  ],
  [
    'bound to a case',
    op('ticket.bound'),
    [
      ...(['waiting', 'called', 'serving', 'held', 'finished', 'voided'] as const),
      ...(['ready', 'collecting', 'handing', 'missed', 'done'] as const),
    ],
  ],
  [
    'ready to be collected',
    op('ticket.pickup-raised'),
    [
      ...(['waiting', 'called', 'serving', 'held', 'finished'] as const),
      ...(['ready', 'collecting', 'handing', 'missed', 'done'] as const),
    ],
  ],
  [
    'not collected here any more',
    op('ticket.pickup-dropped', { caseId: CASE }),
    ['ready', 'collecting', 'handing', 'missed', 'done'],
  ],
  [
    'doubted',
    op('ticket.doubted'),
    [
      ...(['waiting', 'called', 'serving', 'held', 'finished', 'voided'] as const),
      ...(['ready', 'collecting', 'handing', 'missed', 'done'] as const),
    ],
  ],
];

describe.each(LEGAL)('%s', (_, each, legal) => {
  test.each(Object.keys(STANDING) as Standing[])('when %s', (standing) => {
    const before = STANDING[standing];
    const copy = structuredClone(before);
    const next = stepTicket(before, ID, each);
    expect(next !== null).toBe(legal.includes(standing));
    if (next !== null) expect(next.version).toBe((before?.version ?? 0) + 1);
    expect(before).toEqual(copy);
  });
});

describe('what an op does', () => {
  test('a new ticket waits at the place of its time', () => {
    expect(reached()).toMatchObject({
      id: ID,
      version: 1,
      state: 'WAITING',
      orderAt: reached().takenAt,
      calls: [],
      pickup: null,
    });
  });

  test('whoever is back with papers is returned from the start', () => {
    expect(stepTicket(null, ID, op('ticket.taken', { backFor: CASE }))?.returned?.how).toBe('back-with-papers');
  });

  test('three calls in all', () => {
    const thrice = reached(called, recalled, recalled);
    expect(currentCall(thrice)?.times).toBe(3);
    expect(stepTicket(thrice, ID, recalled)).toBeNull();
  });

  test('who is passed waits at the place that was given, or is void', () => {
    expect(reached(called, passed)).toMatchObject({
      state: 'WAITING',
      passes: 1,
      orderAt: '2026-11-27T01:10:00.000Z',
      returned: { how: 'passed' },
      calls: [{ ended: { how: 'passed' } }],
    });
    expect(reached(called, op('ticket.passed', { outcome: { kind: 'voided' } }))).toMatchObject({
      state: 'VOIDED',
      voidReason: 'passed',
    });
  });

  test('who is set aside is called back by that window, the hold forgotten', () => {
    expect(STANDING.held).toMatchObject({ heldBy: 'W03', heldUntil: '2026-11-27T01:10:00.000Z' });
    expect(reached(called, held, called)).toMatchObject({ state: 'CALLED', heldBy: null, heldUntil: null });
    expect(reached(called, held, op('ticket.resumed'))).toMatchObject({
      state: 'WAITING',
      pinned: 'W03',
      returned: { how: 'resumed' },
    });
  });

  test('who is sent elsewhere keeps the time of the ticket', () => {
    expect(reached(called, op('ticket.transferred', { pinned: 'W05' }))).toMatchObject({
      state: 'WAITING',
      queue: 'B',
      floor: 2,
      pinned: 'W05',
      orderAt: reached().orderAt,
      calls: [{ ended: { how: 'transferred' } }],
    });
  });

  test('a pickup nobody answers is missed and counted; nobody is void by it', () => {
    expect(reached(called, finished, ready, collected, passed, collected, passed)).toMatchObject({
      state: 'FINISHED',
      passes: 0,
      pickup: { state: 'missed', missed: 2 },
    });
  });

  test('a second case that is ready joins the first', () => {
    const second = op('ticket.pickup-raised');
    expect(reached(called, finished, ready, second).pickup).toMatchObject({
      state: 'waiting',
      cases: [CASE, HALL_BODIES['ticket.bound'].caseId],
    });
    expect(reached(called, finished, ready, collected, second).pickup?.state).toBe('called');
    expect(stepTicket(reached(called, finished, ready), ID, ready)).toBeNull();
  });

  test('with its last case dropped there is nothing to collect', () => {
    const drop = op('ticket.pickup-dropped', { caseId: CASE });
    expect(reached(called, finished, ready, drop).pickup).toMatchObject({ state: 'cancelled', cases: [] });
    expect(reached(called, finished, ready, op('ticket.pickup-raised'), drop).pickup?.state).toBe('waiting');
    expect(reached(called, finished, ready, collected, drop).pickup?.state).toBe('called');
    expect(reached(called, finished, ready, collected, drop, passed).pickup?.state).toBe('cancelled');
  });

  test('called to collect while it waits for something else, it still waits', () => {
    const both = reached(ready, collected, arrived);
    expect(both).toMatchObject({ state: 'WAITING', pickup: { state: 'serving' } });
    expect(stepTicket(both, ID, finished)).toMatchObject({ state: 'WAITING', pickup: { state: 'done' } });
    expect(stepTicket(both, ID, called)).toBeNull();
  });
});

test.each([
  ['waiting', true],
  ['called', true],
  ['serving', true],
  ['held', true],
  ['finished', false],
  ['voided', false],
] as const)('when %s, the person needs no other number: %s', (standing, live) => {
  expect(isLive(STANDING[standing])).toBe(live);
});
