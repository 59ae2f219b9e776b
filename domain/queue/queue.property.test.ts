import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MINUTE, QueueHall, SECOND, takeOf } from '../../tests/fixtures/queueHall.ts';
import { decide, type TicketCommand } from './decide.ts';
import { type DecideContext, isRefused } from './decision.ts';
import type { HallPlan, PlannedWindow } from './hallTypes.ts';
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
  ...(['next', 'next', 'next', 'arrive', 'finish', 'finish', 'recall', 'recall', 'pass', 'hold'] as const),
  ...(['call', 'transfer', 'void', 'send-back', 'raise', 'drop-pickup'] as const),
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
  { weight: 2, arbitrary: fc.record({ act: fc.constant('ready' as const), ticket, window }) },
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
      ms: fc.constantFrom(SECOND, 15 * SECOND, MINUTE, 20 * MINUTE),
    }),
  },
);
const acts = fc.array(act, { minLength: 20, maxLength: 150 });

function commandOf(
  hall: QueueHall,
  { kind, window, ticket, purpose, to }: Extract<Act, { act: 'command' }>,
): TicketCommand {
  const inHand = [...hall.tickets.values()].find((each) => currentCall(each)?.terminal === window);
  const any = [...hall.tickets.values()][ticket];
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
      const found = [...hall.tickets.values()].filter(({ state }) => state === 'FINISHED')[each.ticket];
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
    { numRuns: 150 },
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
    { numRuns: 150 },
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
    { numRuns: 200 },
  );
});

test('without the hub nobody is called whom the hub could give to another window', () => {
  let called = 0;
  const silent = fc.subarray(TERMINALS, { minLength: 1 });
  fc.assert(
    fc.property(acts, silent, (all, gone) => {
      const hall = new QueueHall(PLAN);
      for (const each of all) perform(hall, each);
      // As the hub last heard it: every window has its hands free, so that each ticket could be called.
      const views = { hub: hall.view(), alone: hall.view() };
      const free = [...hall.tickets.values()].filter((each) => currentCall(each) === null);
      const tickets = new Map(free.map((each) => [each.id, each]));
      const reserved = new Set(gone.filter((terminal) => views.hub.windows.get(terminal)?.state !== 'closed'));
      const hub = { ...views.hub, tickets, silent: new Set(gone), reserved };
      for (const { id } of free) {
        for (const purpose of ['intake', 'pickup'] as const) {
          const mayCall = (terminal: string, mode: DecideContext['mode']) => {
            const view = mode === 'hub' ? hub : { ...views.alone, tickets };
            const windows = new Map(view.windows);
            const own = windows.get(terminal);
            // Whoever pauses may open again without the hub.
            if (own && own.state === 'paused' && mode === 'emergency') windows.set(terminal, { ...own, state: 'open' });
            const isKeptForUs = reserved.has(terminal);
            const context = hall.context(terminal, { mode, isKeptForUs });
            return !isRefused(decide({ kind: 'call', ticketId: id, purpose }, { ...view, windows }, context));
          };
          const alone = gone.filter((terminal) => mayCall(terminal, 'emergency'));
          const byHub = TERMINALS.filter((terminal) => !gone.includes(terminal) && mayCall(terminal, 'hub'));
          called += alone.length;
          expect(alone.length).toBeLessThan(2);
          if (alone.length > 0) expect(byHub).toEqual([]);
        }
      }
    }),
    { numRuns: 200 },
  );
  expect(called).toBeGreaterThan(0);
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
