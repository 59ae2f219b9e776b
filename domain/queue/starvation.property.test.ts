import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MINUTE, QueueHall, SECOND } from '../../tests/fixtures/queueHall.ts';
import type { HallPlan } from './hallTypes.ts';
import { callsPerOrdinary, isExplained } from './lanes.ts';
import { DEFAULT_PLAN, DEFAULT_POLICY } from './plan.ts';
import type { TicketRecord } from './ticketTypes.ts';

/**
 * The bound. Of `callsPerOrdinary` calls in a row at one window, one is for somebody without priority, while any waits
 * (18 by default). Such a call takes whoever came first. Each of the `m` people who took a number before can be called
 * before at most twice, since who is passed is put back once. So with `k` windows, somebody is called after at most
 * `(2m + 1) · B + (k − 1) · (B − 1)` calls: every window but one may be just before its turn. What clerks do by hand is not
 * counted. At a green window the same holds from the time somebody is raised by waiting, with the enterprises that came
 * before among the `m`; nobody who comes later is called first from then on.
 */

const B = callsPerOrdinary(DEFAULT_POLICY);

function boundOf(before: number, windows: number): number {
  return (2 * before + 1) * B + (windows - 1) * (B - 1);
}

function planOf(count: number, green: boolean): HallPlan {
  const windows = DEFAULT_PLAN.windows.slice(0, count).map((each) => ({ ...each, green }));
  return { ...DEFAULT_PLAN, windows, policy: { ...DEFAULT_POLICY, stopBeforeClosing: false } };
}

/** What the worst neighbour does before each call: any of these may be there first, again and again. */
interface Pressure {
  window: number;
  pickup: boolean;
  returned: boolean;
  priority: boolean;
  appointment: boolean;
  enterprise: boolean;
  ordinary: boolean;
  passes: boolean;
}

const often = fc.integer({ min: 0, max: 9 }).map((value) => value > 0);
const seldom = fc.integer({ min: 0, max: 9 }).map((value) => value === 0);
const pressure: fc.Arbitrary<Pressure> = fc.record({
  window: fc.nat(3),
  pickup: often,
  returned: often,
  priority: often,
  appointment: often,
  enterprise: fc.boolean(),
  ordinary: seldom,
  passes: seldom,
});

/** Somebody whose certificate lies ready at a window. */
function makeReady(hall: QueueHall, terminal: string) {
  const { id } = hall.take();
  const at = new Date(hall.now).toISOString();
  hall.put(id, { kind: 'ticket.voided', body: { at, terminal, reason: 'mistake', note: '' } });
  const ticket = hall.ticket(id);
  hall.tickets.set(id, { ...ticket, state: 'FINISHED' });
  hall.ready(id, terminal);
}

function bookAndTake(hall: QueueHall) {
  const id = hall.newId();
  const slot = { from: new Date(hall.now).toISOString(), to: new Date(hall.now + 60 * MINUTE).toISOString() };
  hall.appointments.set(id, { id, state: 'booked', day: '2026-11-27', slot } as never);
  hall.take({ class: 'appointment', appointment: id });
  hall.appointments.clear();
}

class Rush {
  readonly hall: QueueHall;
  readonly #green: boolean;
  /** People without priority who wait: how many came before, and how many calls there were since. */
  readonly #waiting = new Map<string, { before: number; calls: number; since: number }>();
  worst = 0;

  constructor(windows: number, green: boolean) {
    this.hall = new QueueHall(planOf(windows, green));
    this.#green = green;
  }

  ordinary() {
    this.hall.now += 2;
    const before = this.#live(this.hall.now);
    const { id } = this.hall.take();
    this.#waiting.set(id, { before, calls: 0, since: this.hall.now });
  }

  #live(ms: number): number {
    const isBefore = ({ state, orderAt }: TicketRecord) =>
      state !== 'FINISHED' && state !== 'VOIDED' && Date.parse(orderAt) <= ms;
    return [...this.hall.tickets.values()].filter(isBefore).length;
  }

  step(pressed: Pressure, windows: number) {
    const { hall } = this;
    const terminal = hall.plan.windows[pressed.window % windows]?.terminal ?? 'W01';
    hall.now += 2;
    if (pressed.pickup) makeReady(hall, terminal);
    if (pressed.returned) hall.take({ backFor: hall.newId() });
    if (pressed.priority) hall.take({ class: 'priority' });
    if (pressed.appointment) bookAndTake(hall);
    if (pressed.enterprise) hall.take({ class: 'enterprise' });
    if (pressed.ordinary) this.ordinary();
    const called = hall.next(terminal);
    if (called === null) return;
    this.#count(called, windows);
    const why = called.calls.at(-1)?.why;
    const window = hall.plan.windows.find((each) => each.terminal === terminal);
    if (!why || !window || !isExplained({ why, queue: called.queue }, DEFAULT_POLICY, window)) {
      throw new Error(`${called.number}: ${JSON.stringify(why)}`);
    }
    if (pressed.passes) hall.passOver(terminal, called.id);
    else hall.must(terminal, { kind: 'finish', ticketId: called.id });
  }

  #count(called: TicketRecord, windows: number) {
    this.#waiting.delete(called.id);
    for (const [id, each] of this.#waiting) {
      if (this.#green && this.hall.now - each.since <= DEFAULT_POLICY.agedAfterMs) {
        each.before = this.#live(each.since);
        continue;
      }
      each.calls += 1;
      this.worst = Math.max(this.worst, each.calls);
      const bound = boundOf(each.before, windows);
      if (each.calls > bound) throw new Error(`${this.hall.ticket(id).number}: ${each.calls} calls, ${bound} at most`);
    }
  }
}

describe('nobody waits for ever, whoever comes', () => {
  test.each([1, 2, 4])('with %i windows', (windows) => {
    fc.assert(
      fc.property(fc.array(pressure, { minLength: 30, maxLength: 100 }), (pressures) => {
        const rush = new Rush(windows, false);
        rush.ordinary();
        for (const each of pressures) rush.step(each, windows);
      }),
      { numRuns: 12 },
    );
  });

  test('with green windows, from the time they are raised', () => {
    fc.assert(
      fc.property(fc.array(pressure, { minLength: 30, maxLength: 100 }), (pressures) => {
        const rush = new Rush(2, true);
        rush.ordinary();
        for (const [index, each] of pressures.entries()) {
          if (index === 10) rush.hall.now += 31 * MINUTE;
          rush.step(each, 2);
        }
      }),
      { numRuns: 12 },
    );
  });

  test('the bound is the least there is: with all others always there first, the eighteenth call at a window is the one', () => {
    const rush = new Rush(1, false);
    rush.ordinary();
    const all = { window: 0, pickup: true, returned: true, priority: true, appointment: true };
    for (let calls = 1; calls <= B; calls += 1) {
      rush.step({ ...all, enterprise: false, ordinary: false, passes: false }, 1);
      rush.hall.now += SECOND;
    }
    expect(B).toBe(18);
    expect(rush.worst).toBe(B - 1);
    expect(rush.hall.ticket([...rush.hall.tickets.keys()][0] ?? '').state).toBe('FINISHED');
  });

  test('people with priority who take numbers and never come keep nobody waiting', () => {
    const hall = new QueueHall(planOf(1, false));
    const last = Array.from({ length: 8 }, () => {
      hall.now += SECOND;
      return hall.take().id;
    }).at(-1);
    let calls = 0;
    while (hall.ticket(last ?? '').state === 'WAITING') {
      hall.now += SECOND;
      hall.take({ class: 'priority' });
      const called = hall.next('W01');
      calls += 1;
      if (called?.class === 'priority') hall.passOver('W01', called.id);
      else hall.must('W01', { kind: 'finish', ticketId: called?.id ?? '' });
      expect(calls).toBeLessThanOrEqual(boundOf(7, 1));
    }
  });
});
