import { hash } from 'node:crypto';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PullAnswer } from '../../contract/sync.ts';
import type { TicketRecord } from '../../domain/queue/ticketTypes.ts';
import { findingsIn } from '../../tests/fixtures/centreDatabase.ts';
import { openDesk } from '../../tests/fixtures/deskOnStore.ts';
import { HALL_BODIES } from '../../tests/fixtures/hallBodies.ts';
import { openTestIngest } from '../../tests/fixtures/ingest.ts';
import { OpMaker } from '../../tests/fixtures/opMaker.ts';
import { TAKE } from '../../tests/fixtures/queueDesk.ts';
import { takeFollowed } from '../hub/takeFollowed.ts';
import { WorkingLedger } from '../ledger/workingLedger.ts';
import { reconcileOvertaken } from '../queue/reconcile.ts';
import type { CentreStore } from '../store/types.ts';
import { Forwarder } from './forwarder.ts';
import { nextPage, takeMirrored } from './mirror.ts';

/** A number that two hubs of a hall called, each without having heard of the other, and what becomes of its ticket. */

type Hub = Awaited<ReturnType<typeof openDesk>>;

const PAGE = { rows: 1000, bytes: 10_000_000 };
let first: Hub;
let second: Hub;
let centre: ReturnType<typeof openTestIngest>;
let stream: string;

beforeEach(async () => {
  centre = openTestIngest();
  [first, second] = [await openDesk(), await openDesk()];
  for (const [hub, fence] of [
    [first, 0],
    [second, 1],
  ] as const) {
    hub.store.setUpstream('http://centre', 'main');
    hub.store.joinHub(fence === 0 ? 'active' : 'standby', null);
    hub.role.fence = fence;
  }
  enrol(first.store.self.device, 'H01');
  enrol(second.store.self.device, 'H02');
  const ticket = await first.ask('K01', TAKE);
  stream = `ticket:${ticket?.id}`;
  await follow(second, first);
  // The line between the two is cut; a supervisor takes over.
  second.store.saveHubRole({ role: 'active', fence: 1 });
  await second.write('hub.took-over', 'hub:0198a000-0000-7000-8000-0000000000e1', {
    ...{ fence: 1, hub: second.store.self.device, at: '2026-11-27T01:00:00.000Z', reason: '主机不应答' },
  });
});
afterEach(() => {
  for (const each of [first, second, centre]) each.dispose();
});

function enrol(id: string, terminal: string): void {
  const known = centre.store.devicesOfHall('main');
  const device = { id, terminal, kind: 'relay' as const, tokenHash: hash('sha256', id), active: true, heads: [] };
  centre.store.takeDevices('main', [...known, device], 0);
}

async function send({ store }: Hub): Promise<void> {
  store.forwardAgain(centre.store.devicesOfHall('main'));
  const forwarder = new Forwarder({
    ...{ store, onSettled: () => {}, onRefusedForNow: () => {}, logger: pino({ level: 'silent' }) },
    api: { push: (entries) => centre.ingest.relay('main', entries) },
    sendAgain: async () => {},
    // As `Relay` does: what the centre has is read before.
    onOvertaken: async (ops) => {
      await mirror({ store });
      await reconcileOvertaken(store, 'main', ops, 0);
    },
  });
  await forwarder.forwardAll();
}

async function mirror({ store }: Pick<Hub, 'store'>): Promise<void> {
  const scope = 'hall:main';
  const { rows, head } = await centre.store.readScope(scope, store.cursorOf(scope), PAGE);
  const answer = {
    ...{ scope, head, centreTime: '2026-11-27T01:00:00.000Z' },
    rows: rows.map(({ pos, envelope }) => ({ pos, op: JSON.parse(envelope) })),
  } as PullAnswer;
  await takeMirrored(store, 'main', nextPage(store, answer), 0, null);
  const [role, fence] = [store.hubRole(), store.highestTakeOver()];
  if (role && fence > role.fence) store.saveHubRole({ role: 'standby', fence });
}

async function follow(standby: Hub, active: Hub): Promise<void> {
  const entries = active.store.readLog('main', standby.store.peer()?.followed ?? 0, PAGE);
  await takeFollowed(standby.store, { hall: 'main', hasCentre: true, now: 0 }, entries);
}

/** The first hub hears of the take-over from the centre; in the end everybody has everything. */
async function comeTogether(order: readonly Hub[]): Promise<void> {
  for (const hub of order) await send(hub);
  for (let round = 0; round < 2; round++) {
    await mirror(second);
    await send(second);
    await mirror(first);
    await follow(first, second);
    await send(first);
  }
}

/** A step with the ticket at a window, some time after the one before. */
async function step(hub: Hub, terminal: string, kind: 'recall' | 'arrive' | 'pass' | 'finish'): Promise<void> {
  hub.clock.now += 120_000;
  await hub.ask(terminal, { kind, ticketId: stream.slice('ticket:'.length) });
}

async function ticketAt(store: CentreStore): Promise<TicketRecord> {
  const held = await store.write([], (known) => ({
    decision: new WorkingLedger(known).decision(),
    value: known.isParked(stream) ? null : known.findEntity(stream),
  }));
  if (held?.entity.type !== 'ticket') throw new Error('no ticket, or one that is stuck');
  return held.entity.record;
}

const everywhere = () => Promise.all([centre, first, second].map(({ store }) => ticketAt(store)));
const findings = () => [centre, first, second].flatMap(({ dir }) => findingsIn(dir));

describe.each([
  ['the old hub first', () => [first, second]],
  ['the new hub first', () => [second, first]],
])('a number that both hubs called, and the centre hears of %s', (_order, order) => {
  it('is where the new hub has it, everywhere; that it was called twice is on the ticket', async () => {
    await first.ask('W01', { kind: 'next' });
    await second.ask('W02', { kind: 'next' });
    await comeTogether(order());
    const [there, old, now] = await everywhere();
    expect(there).toMatchObject({ state: 'CALLED', doubts: ['called-twice:W01'] });
    expect(there?.calls.map(({ terminal }) => terminal)).toEqual(['W02']);
    expect([there, old]).toEqual([now, now]);
    expect(findings()).toEqual([]);
  });

  it.each([
    ['finished', ['recall', 'arrive', 'finish'], 'FINISHED'],
    ['passed', ['recall', 'recall', 'pass'], 'WAITING'],
  ] as const)('goes on at its window until it is %s', async (_how, commands, state) => {
    await first.ask('W01', { kind: 'next' });
    await second.ask('W02', { kind: 'next' });
    await comeTogether(order());
    for (const kind of commands) await step(second, 'W02', kind);
    await comeTogether([second]);
    const tickets = await everywhere();
    expect(tickets.map((ticket) => ticket.state)).toEqual([state, state, state]);
    expect(tickets).toEqual([tickets[2], tickets[2], tickets[2]]);
    expect(findings()).toEqual([]);
  });

  it('whatever both did with it before they heard of each other', async () => {
    await first.ask('W01', { kind: 'next' });
    for (const kind of ['arrive', 'finish'] as const) await step(first, 'W01', kind);
    await second.ask('W02', { kind: 'next' });
    await step(second, 'W02', 'arrive');
    await comeTogether(order());
    const [there, old, now] = await everywhere();
    expect(now).toMatchObject({ state: 'SERVING', doubts: ['called-twice:W01'] });
    expect([there, old]).toEqual([now, now]);
    await step(second, 'W02', 'finish');
    await comeTogether([second]);
    expect((await everywhere()).map(({ state }) => state)).toEqual(['FINISHED', 'FINISHED', 'FINISHED']);
    expect(findings()).toEqual([]);
  });
});

it('what the old hub says of the ticket after the new one has said how it stands has no effect', async () => {
  await first.ask('W01', { kind: 'next' });
  await send(first);
  for (const kind of ['arrive', 'finish'] as const) await step(first, 'W01', kind);
  await second.ask('W02', { kind: 'next' });
  await send(second);
  await mirror(second);
  await send(second);
  await comeTogether([first]);
  const [there, old, now] = await everywhere();
  expect(now).toMatchObject({ state: 'CALLED', doubts: ['called-twice:W01'] });
  expect([there, old]).toEqual([now, now]);
  const reconciled = centre.log().filter(({ op }) => op.kind === 'ticket.reconciled');
  expect(reconciled.map(({ op, outcome }) => [op.device, outcome])).toEqual([[second.store.self.device, 'applied']]);
});

it('a hub that reads of the take-over in the same page leaves it to the new one to say how the ticket stands', async () => {
  await first.ask('W01', { kind: 'next' });
  await second.ask('W02', { kind: 'next' });
  await send(second);
  await mirror(first);
  expect(first.store.readLog('main', 0, PAGE).filter(({ op }) => op.kind === 'ticket.reconciled')).toEqual([]);
  await comeTogether([first]);
  const [there, old, now] = await everywhere();
  expect(now?.calls.map(({ terminal }) => terminal)).toEqual(['W02']);
  expect([there, old]).toEqual([now, now]);
});

it('a step that the centre lacks and nobody sends does not keep the ticket from going on there', async () => {
  await send(first);
  const kiosk = new OpMaker({ name: 'K01' });
  const body = { at: '2026-11-27T01:00:00.000Z', terminal: 'K01' };
  const op = kiosk.make('ticket.reprinted', stream, body, { baseVersion: 1 });
  const entry = { pos: 1000, op, outcome: 'applied', code: null, mirrored: false } as const;
  await takeFollowed(second.store, { hall: 'main', hasCentre: true, now: 0 }, [entry]);
  await second.ask('W02', { kind: 'next' });
  await send(second);
  const there = await ticketAt(centre.store);
  expect(there).toMatchObject({ state: 'CALLED', reprints: 1, doubts: [] });
  expect(there).toEqual(await ticketAt(second.store));
  await step(second, 'W02', 'arrive');
  await send(second);
  expect(await ticketAt(centre.store)).toEqual(await ticketAt(second.store));
});

it('a call that the next hub had without its ticket, and hands on as such, was decided by the hub that made it', async () => {
  const kiosk = new OpMaker({ name: 'K09' });
  const hub = new OpMaker({ name: 'H09' });
  enrol(kiosk.device, 'K09');
  enrol(hub.device, 'H09');
  const other = 'ticket:0198a000-0000-7000-8000-0000000000d9';
  const taken = kiosk.make('ticket.taken', other, HALL_BODIES['ticket.taken']);
  const called = hub.make('ticket.called', other, HALL_BODIES['ticket.called'], { baseVersion: 1 });
  const handedOn = { op: called, outcome: 'parked', code: 'reducer-failed' } as const;
  const [early] = await centre.ingest.relay('main', [handedOn]);
  const [late] = await centre.ingest.relay('main', [{ op: taken, outcome: 'applied', code: null }]);
  expect([early?.outcome, late?.outcome]).toEqual(['parked', 'applied']);
  expect(centre.log().map(({ op, outcome }) => [op.kind, outcome])).toEqual([
    ['ticket.called', 'applied'],
    ['ticket.taken', 'applied'],
  ]);
  expect(findingsIn(centre.dir).filter(({ code }) => code !== 'ticket-outside-lease')).toEqual([]);
});
