import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MINUTE, QueueHall, SECOND, takeOf } from '../../tests/fixtures/queueHall.ts';
import { decide, type TicketCommand } from './decide.ts';
import { type DecideContext, isRefused } from './decision.ts';
import type { HallPlan, PlannedWindow, WindowRecord } from './hallTypes.ts';
import { isExplained } from './lanes.ts';
import { DEFAULT_PLAN } from './plan.ts';
import { currentCall } from './reduceTicket.ts';
import type { CallPurpose, TicketCall, TicketClass, TicketRecord } from './ticketTypes.ts';

/** Any day of a small hall: commands in any order, most of them refused. */

const TERMINALS = ['W01', 'W02', 'W07', 'W09'];
const PLAN: HallPlan = {
  ...DEFAULT_PLAN,
  windows: DEFAULT_PLAN.windows
    .filter(({ terminal }) => TERMINALS.includes(terminal))
    .map((each) => (each.terminal === 'W02' ? { ...each, queues: ['B', 'A'] } : each)),
};

type Act =
  | { act: 'take'; class: TicketClass; queue: 'A' | 'B'; back: boolean; pinned: string }
  | {
      act: 'command';
      kind: TicketCommand['kind'];
      window: string;
      ticket: number;
      purpose: CallPurpose;
      to: string | null;
    }
  | { act: 'ready'; ticket: number; window: string }
  | { act: 'window'; window: string; state: 'open' | 'paused' | 'closed' }
  | { act: 'wait'; ms: number };

const window = fc.constantFrom(...TERMINALS);
const ticket = fc.nat(30);
const purpose = fc.constantFrom<CallPurpose>('intake', 'pickup');
const kind = fc.constantFrom<TicketCommand['kind']>(
  ...(['next', 'next', 'next', 'next', 'next', 'arrive', 'finish', 'finish', 'recall', 'recall', 'pass'] as const),
  ...(['hold', 'hold', 'call', 'transfer', 'transfer', 'void', 'send-back', 'raise', 'drop-pickup'] as const),
);
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('take' as const),
      class: fc.constantFrom<TicketClass>('ordinary', 'ordinary', 'priority', 'priority', 'enterprise', 'pickup'),
      queue: fc.constantFrom('A' as const, 'B' as const),
      back: fc.boolean(),
      pinned: window,
    }),
  },
  {
    weight: 14,
    arbitrary: fc.record({
      act: fc.constant('command' as const),
      kind,
      window,
      ticket,
      purpose,
      to: fc.option(window),
    }),
  },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('ready' as const), ticket, window }) },
  {
    weight: 1,
    arbitrary: fc.record({
      act: fc.constant('window' as const),
      window,
      state: fc.constantFrom('open' as const, 'open' as const, 'paused' as const, 'closed' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant('wait' as const),
      ms: fc.constantFrom(SECOND, 15 * SECOND, 15 * SECOND, MINUTE, 31 * MINUTE),
    }),
  },
);
const acts = fc.array(act, { minLength: 60, maxLength: 200 });

function commandOf(
  hall: QueueHall,
  { kind, window, ticket, purpose, to }: Extract<Act, { act: 'command' }>,
): TicketCommand {
  const inHand = [...hall.tickets.values()].find((each) => currentCall(each)?.terminal === window);
  const any = [...hall.tickets.values()].at(-1 - ticket);
  // Half of them about whom the window has in hand, so that something comes of it.
  const chosen = (ticket % 2 === 0 ? inHand : any) ?? any;
  const caseId = chosen?.pickup?.cases[0] ?? '';
  const all = { kind, ticketId: chosen?.id ?? '', purpose, queue: 'B', to, reason: '其他', note: '', caseId };
  if (kind === 'next') return { kind: 'next' };
  if (kind === 'void') return { kind: 'void', ticketId: all.ticketId, reason: 'cancelled', note: '' };
  return all as unknown as TicketCommand;
}

function perform(hall: QueueHall, each: Act) {
  hall.now += 1;
  switch (each.act) {
    case 'take': {
      const backFor = each.back ? hall.newId() : null;
      const pinned = each.class === 'pickup' ? each.pinned : null;
      return hall.ask('K01', takeOf({ class: each.class, queue: each.queue, backFor, pinned }));
    }
    case 'command': {
      const roles = each.kind === 'raise' ? (['SUP'] as const) : (['WIN'] as const);
      return hall.ask(each.window, commandOf(hall, each), { roles });
    }
    case 'ready': {
      // Also of somebody who waits again: two cases, one number.
      const able = [...hall.tickets.values()].filter(({ state, calls }) => state !== 'VOIDED' && calls.length > 0);
      const found = able[each.ticket % Math.max(1, able.length)];
      return found && hall.ready(found.id, each.window);
    }
    case 'window':
      return hall.setWindow(each.window, each.state);
    case 'wait':
      hall.now += each.ms;
  }
}

function planned(terminal: string): PlannedWindow {
  const found = PLAN.windows.find((each) => each.terminal === terminal);
  if (!found) throw new Error(terminal);
  return found;
}

/** Calls of the day at one window, oldest first. */
function callsAt(hall: QueueHall, terminal: string): { call: TicketCall; ticket: TicketRecord }[] {
  return [...hall.tickets.values()]
    .flatMap((each) => each.calls.map((call) => ({ call, ticket: each })))
    .filter(({ call }) => call.terminal === terminal)
    .sort((a, b) => Date.parse(a.call.at) - Date.parse(b.call.at));
}

test('a window has one person in hand at most, and a person is called once at a time', () => {
  fc.assert(
    fc.property(acts, (all) => {
      const hall = new QueueHall(PLAN);
      for (const each of all) {
        perform(hall, each);
        const lasting = [...hall.tickets.values()].flatMap(({ calls }) => calls.filter(({ ended }) => ended === null));
        expect(new Set(lasting.map(({ terminal }) => terminal)).size).toBe(lasting.length);
        for (const { calls } of hall.tickets.values()) {
          expect(calls.filter(({ ended }) => ended === null).length).toBeLessThan(2);
        }
      }
    }),
    { numRuns: 40 },
  );
});

test('what a call stored explains it, and nothing else would', () => {
  let told = 0;
  fc.assert(
    fc.property(acts, (all) => {
      const hall = new QueueHall(PLAN);
      for (const each of all) perform(hall, each);
      for (const ticket of hall.tickets.values()) {
        for (const { why, terminal } of ticket.calls) {
          const { queue, number } = ticket;
          // Sent elsewhere since: its queue was another when it was called.
          if (ticket.returned?.how === 'transferred') continue;
          expect([number, isExplained({ why, queue }, PLAN.policy, planned(terminal))]).toEqual([number, true]);
          const isFirst =
            why.compared.length > 0 && why.rule === 'first-come' && why.compared[0]?.rule === 'first-come';
          if (!isFirst) continue;
          told += 1;
          const later = {
            ...why,
            waitedMs: 0,
            compared: why.compared.map((one) => ({ ...one, waitedMs: one.waitedMs + 1 })),
          };
          expect(
            isExplained({ why: later, queue: why.compared[0]?.queue ?? queue }, PLAN.policy, planned(terminal)),
          ).toBe(false);
        }
      }
    }),
    // Some three in a hundred days have a call that tells it: in so many there is one for certain.
    { numRuns: 600 },
  );
  expect(told).toBeGreaterThan(0);
});

test('never three with priority in a row at a window while somebody without waits there', () => {
  fc.assert(
    fc.property(acts, (all) => {
      const hall = new QueueHall(PLAN);
      for (const each of all) {
        const waiting = [...hall.tickets.values()];
        const before = each.act === 'command' && each.kind === 'next' ? callsAt(hall, each.window) : null;
        const decision = perform(hall, each);
        if (before === null || each.act !== 'command' || !decision || isRefused(decision)) continue;
        const called = decision.ticketId === null ? null : hall.ticket(decision.ticketId);
        if (called?.calls.at(-1)?.why.rule !== 'priority') continue;
        const row = before.filter(
          ({ call }) => call.purpose === 'intake' && !['chosen', 'returned', 'own-pickup'].includes(call.why.rule),
        );
        if (row.length < 2 || !row.slice(-2).every(({ call }) => call.why.rule === 'priority')) continue;
        const { queues, floor } = planned(each.window);
        const others = waiting.filter(
          (one) =>
            one.state === 'WAITING' &&
            currentCall(one) === null &&
            one.class === 'ordinary' &&
            (one.returned === null || one.returned.how === 'passed') &&
            one.pinned === null &&
            one.floor === floor &&
            queues.includes(one.queue),
        );
        expect(others.map(({ number }) => number)).toEqual([]);
      }
    }),
    { numRuns: 60 },
  );
});

/** A ticket in any state that its ops can bring about, wherever it was assigned, sent, set aside or made ready. */
const standing = fc.record({
  class: fc.constantFrom<TicketClass>('ordinary', 'pickup'),
  state: fc.constantFrom('WAITING' as const, 'HELD' as const, 'FINISHED' as const),
  fallback: window,
  pinned: fc.option(window),
  heldBy: window,
  isHoldOver: fc.boolean(),
  pickup: fc.option(window),
});

test('without the hub nobody is called whom the hub, or another window without it, could call', () => {
  let called = 0;
  const states = fc.record(
    Object.fromEntries(TERMINALS.map((each) => [each, fc.constantFrom('open', 'paused', 'closed')])),
  );
  const gone = fc.subarray(TERMINALS, { minLength: 1 });
  fc.assert(
    fc.property(standing, states, gone, (given, windowStates, silent) => {
      const hall = new QueueHall(PLAN);
      const { id } = hall.take({ class: given.class, pinned: given.class === 'pickup' ? 'W01' : null });
      if (given.pickup) hall.ready(id, given.pickup);
      const until = new Date(hall.now + (given.isHoldOver ? -1 : MINUTE)).toISOString();
      const held = given.state === 'HELD' ? { heldBy: given.heldBy, heldUntil: until } : {};
      const pinned = given.class === 'pickup' ? (given.pinned ?? 'W01') : given.pinned;
      const ticket = { ...hall.ticket(id), state: given.state, fallback: given.fallback, pinned, ...held };
      hall.tickets.set(id, ticket);
      for (const each of TERMINALS) hall.setWindow(each, windowStates[each] as 'open');
      // Without the hub a window only knows that it cannot hear it; it may open again meanwhile.
      const alone = hall.view();
      for (const each of silent) hall.silentSince.set(each, hall.now);
      const hub = hall.view();
      const mayCall = (terminal: string, mode: DecideContext['mode'], command: TicketCommand) => {
        const own = { ...(alone.windows.get(terminal) as WindowRecord), state: 'open' as const };
        const view = mode === 'hub' ? hub : { ...alone, windows: new Map([...alone.windows, [terminal, own]]) };
        const context = hall.context(terminal, { mode, isKeptForUs: hub.reserved.has(terminal) });
        const decision = decide(command, view, context);
        return !isRefused(decision) && decision.steps.length > 0;
      };
      const commands: TicketCommand[] = [
        { kind: 'next' },
        { kind: 'call', ticketId: id, purpose: 'intake' },
        { kind: 'call', ticketId: id, purpose: 'pickup' },
      ];
      const callers = (terminals: string[], mode: DecideContext['mode']) =>
        terminals.filter((each) => commands.some((command) => mayCall(each, mode, command)));
      const byThemselves = callers(silent, 'emergency');
      called += byThemselves.length;
      const byHub = callers(
        TERMINALS.filter((each) => !silent.includes(each)),
        'hub',
      );
      expect(byThemselves.length).toBeLessThan(2);
      if (byThemselves.length > 0) expect(byHub).toEqual([]);
    }),
    { numRuns: 2000 },
  );
  expect(called).toBeGreaterThan(100);
});

test('18 windows ask at once, ten thousand times: as many are called as wait, each at one window', () => {
  const windows = DEFAULT_PLAN.windows.map((each) => ({ ...each, floor: 2, queues: ['B' as const] }));
  const hall = new QueueHall({ ...DEFAULT_PLAN, windows });
  let doubles = 0;
  for (let round = 0; round < 10_000; round += 1) {
    const waiting = 1 + (round % 3);
    for (let index = 0; index < waiting; index += 1) hall.take();
    hall.now += 1;
    const winners: string[] = [];
    // Whoever is heard first; another one each time.
    for (let index = 0; index < windows.length; index += 1) {
      const { terminal } = windows[(index * 7 + round) % windows.length] ?? { terminal: '' };
      const called = hall.next(terminal);
      if (called) winners.push(called.id);
    }
    if (winners.length !== waiting || new Set(winners).size !== waiting) doubles += 1;
    hall.tickets.clear();
  }
  expect(doubles).toBe(0);
});
