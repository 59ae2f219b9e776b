import { hash } from 'node:crypto';
import pino from 'pino';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PullAnswer } from '../../contract/sync.ts';
import { findingsIn } from '../../tests/fixtures/centreDatabase.ts';
import { openDesk } from '../../tests/fixtures/deskOnStore.ts';
import { openTestIngest } from '../../tests/fixtures/ingest.ts';
import { OpMaker } from '../../tests/fixtures/opMaker.ts';
import { TAKE } from '../../tests/fixtures/queueDesk.ts';
import { takeFollowed } from '../hub/takeFollowed.ts';
import type { CentreStore } from '../store/types.ts';
import { HUB_RULES } from './asGiven.ts';
import { Forwarder } from './forwarder.ts';
import { nextPage, takeMirrored } from './mirror.ts';

/** Two hubs of a hall that decide in turn, their centre, and what it is after an older copy was put back. */

type Hub = Awaited<ReturnType<typeof openDesk>>;
type Centre = ReturnType<typeof openTestIngest>;

const PAGE = { rows: 1000, bytes: 10_000_000 };
let first: Hub;
let second: Hub;
let centre: Centre;
/** The centre as it was when the copy was made. */
let older: Centre;

beforeEach(() => {
  [centre, older] = [openTestIngest(), openTestIngest()];
});
afterEach(() => {
  for (const each of [centre, older]) each.dispose();
});

async function openHubs(): Promise<void> {
  [first, second] = [await openDesk(), await openDesk()];
  for (const { store } of [first, second]) store.setUpstream('http://centre', 'main');
  first.role.fence = 0;
  second.role.fence = 1;
  for (const at of [centre, older]) {
    enrol(at, first.store.self.device, 'H01');
    enrol(at, second.store.self.device, 'H02');
    for (const { store } of [first, second]) await sendAll(store, at);
  }
}

function closeHubs(): void {
  for (const each of [first, second]) each.dispose();
}

function enrol({ store }: Centre, id: string, terminal: string): void {
  const known = store.devicesOfHall('main');
  const tokenHash = hash('sha256', id);
  const kind = terminal.startsWith('H') ? ('relay' as const) : ('terminal' as const);
  store.takeDevices('main', [...known, { id, terminal, kind, tokenHash, active: true, heads: [] }], 0);
}

interface Sending {
  refused: string[];
  isRefusedForNow: boolean;
}

function forwarderTo(store: CentreStore, at: Centre): { forwarder: Forwarder; seen: Sending } {
  const seen: Sending = { refused: [], isRefusedForNow: false };
  const forwarder = new Forwarder({
    store,
    api: {
      push: async (entries) => {
        const results = await at.ingest.relay('main', entries);
        seen.refused.push(...results.flatMap(({ outcome, code }) => (outcome === 'refused' ? [code ?? ''] : [])));
        return results;
      },
    },
    onSettled: () => {},
    onOvertaken: async () => {},
    sendAgain: async () => void store.forwardAgain(at.store.devicesOfHall('main')),
    onRefusedForNow: () => {
      seen.isRefusedForNow = true;
    },
    logger: pino({ level: 'silent' }),
  });
  return { forwarder, seen };
}

/** As after a broken line: what the centre lacks, and then all that waits. */
async function sendAll(store: CentreStore, at: Centre): Promise<Sending> {
  store.forwardAgain(at.store.devicesOfHall('main'));
  const { forwarder, seen } = forwarderTo(store, at);
  await forwarder.forwardAll();
  return seen;
}

async function mirror({ store }: { store: CentreStore }, from: Centre): Promise<void> {
  const scope = 'hall:main';
  const { rows, head } = await from.store.readScope(scope, store.cursorOf(scope), PAGE);
  const answer = {
    ...{ scope, head, centreTime: '2026-11-27T01:00:00.000Z' },
    rows: rows.map(({ pos, envelope }) => ({ pos, op: JSON.parse(envelope) })),
  } as PullAnswer;
  await takeMirrored(store, 'main', nextPage(store, answer), 0, null);
}

async function follow(standby: Hub, active: Hub): Promise<void> {
  const { fence } = standby.role;
  standby.store.joinHub('standby', null);
  const entries = active.store.readLog('main', standby.store.peer()?.followed ?? 0, PAGE);
  const { gaps } = await takeFollowed(standby.store, { hall: 'main', hasCentre: true, now: 0 }, entries);
  expect(gaps).toBe(0);
  standby.store.saveHubRole({ role: 'active', fence: fence ?? 0 });
}

const ticketsAt = (at: Centre) =>
  at
    .log()
    .filter(({ op }) => op.kind.startsWith('ticket.'))
    .map(({ op, outcome }) => `${op.kind} ${outcome}`);

describe('one command, decided by both hubs', () => {
  beforeEach(openHubs);
  afterEach(closeHubs);

  it('reaches the centre from both, and so does what each decides after it', async () => {
    const commandId = v7();
    const numbers = [first, second].map((hub) => hub.ask('K01', TAKE, { commandId }));
    expect((await Promise.all(numbers)).map((ticket) => ticket?.number)).toEqual(['A001', 'A2500']);
    for (const hub of [first, second]) await hub.ask('K01', TAKE);
    for (const { store } of [second, first]) expect((await sendAll(store, centre)).refused).toEqual([]);
    expect(ticketsAt(centre)).toEqual(Array(4).fill('ticket.taken applied'));
  });

  it('is the same ticket at the second hub when it has read that the first one gave it', async () => {
    const commandId = v7();
    await follow(second, first);
    const given = await first.ask('K01', TAKE, { commandId });
    await follow(second, first);
    expect((await second.ask('K01', TAKE, { commandId }))?.id).toBe(given?.id);
    const later = v7();
    const next = await second.ask('K01', TAKE, { commandId: later });
    await follow(first, second);
    first.role.fence = 2;
    expect((await first.ask('K01', TAKE, { commandId: later }))?.id).toBe(next?.id);
  });
});

describe('a centre that was put back, and two hubs', () => {
  beforeEach(openHubs);
  afterEach(closeHubs);

  it('gets what the other hub had decided from the one that read it at the centre, before what was decided on it', async () => {
    const taken = await second.ask('K01', TAKE);
    await sendAll(second.store, centre);
    await mirror(first, centre);
    first.role.fence = 2;
    expect((await first.ask('W01', { kind: 'next' }))?.id).toBe(taken?.id);
    expect((await sendAll(first.store, older)).refused).toEqual([]);
    expect(ticketsAt(older)).toEqual(['ticket.taken applied', 'ticket.called applied']);
  });

  it('when one chain shows that it forgot, gets all that it lacks, in the order of the hub', async () => {
    const own = await first.ask('K01', TAKE);
    await sendAll(first.store, centre);
    const others = await second.ask('K01', TAKE);
    await sendAll(second.store, centre);
    await mirror(first, centre);
    first.role.fence = 2;
    const called = [await first.ask('W01', { kind: 'next' }), await first.ask('W02', { kind: 'next' })];
    expect(called.map((ticket) => ticket?.id)).toEqual([own?.id, others?.id]);
    const { forwarder, seen } = forwarderTo(first.store, older);
    await forwarder.forwardAll();
    expect(new Set(seen.refused)).toEqual(new Set(['gap']));
    expect(seen.isRefusedForNow).toBe(false);
    const [taken, isCalled] = ['ticket.taken applied', 'ticket.called applied'];
    expect(ticketsAt(older)).toEqual([taken, taken, isCalled, isCalled]);
  });
});

describe('a centre that was put back, and a hub that has a chain by the centre', () => {
  it('is offered again later what lacks something before it that is not here', async () => {
    const maker = new OpMaker({ name: 'W08' });
    const hub = openTestIngest(undefined, HUB_RULES);
    hub.store.setUpstream('http://centre', 'main');
    try {
      for (const at of [centre, older]) enrol(at, maker.device, 'W08');
      const [lost, kept] = [maker.acceptCase(), maker.acceptCase()];
      // The hub has the chain from its second op on: the centre vouched for the first, and has lost it since.
      const head = { epoch: 1, seq: 1, hash: lost.hash };
      const known = { id: maker.device, terminal: 'W08', kind: 'terminal' as const, active: true };
      hub.store.takeDevices('main', [{ ...known, tokenHash: hash('sha256', 'W08'), heads: [head] }], 0);
      expect(await hub.push(maker, [kept])).toMatchObject({ kind: 'taken' });
      const { forwarder, seen } = forwarderTo(hub.store, older);
      await forwarder.forwardAll();
      expect([seen.isRefusedForNow, hub.store.countToForward()]).toEqual([true, 0]);
      await older.push(maker, [lost]);
      expect((await sendAll(hub.store, older)).refused).toEqual([]);
      expect(older.store.chains.findHead(maker.device, 1)?.seq).toBe(2);
    } finally {
      hub.dispose();
    }
  });

  it('gets what it lost of an epoch before the next one of that machine, of which nothing was lost', async () => {
    const [before, after] = [1, 2].map((epoch) => new OpMaker({ name: 'W09', epoch })) as [OpMaker, OpMaker];
    const hub = openTestIngest(undefined, HUB_RULES);
    hub.store.setUpstream('http://centre', 'main');
    try {
      for (const at of [centre, older]) enrol(at, before.device, 'W09');
      await hub.push(before, [before.acceptCase(), before.acceptCase()]);
      await sendAll(hub.store, centre);
      await hub.push(after, [after.openSession()]);
      // The line did not break here: nobody has told the hub that the centre is an older one.
      expect((await sendAllThatWaits(hub.store)).refused).toEqual([]);
      expect(older.log().map(({ op }) => [op.epoch, op.seq])).toEqual([
        [1, 1],
        [1, 2],
        [2, 1],
      ]);
      expect(findingsIn(older.dir)).toEqual([]);
    } finally {
      hub.dispose();
    }
  });

  it('is not asked again and again to take what follows an op that it refuses for good', async () => {
    const [maker, other] = [new OpMaker({ name: 'W06' }), new OpMaker({ name: 'W05' })];
    const hub = openTestIngest(undefined, HUB_RULES);
    hub.store.setUpstream('http://centre', 'main');
    try {
      enrol(centre, maker.device, 'W06');
      await centre.push(other, [other.acceptCase()]);
      maker.nameNextOp(other.ops[0]?.op_id ?? '');
      await hub.push(maker, [maker.acceptCase()]);
      const { forwarder, seen } = forwarderTo(hub.store, centre);
      await forwarder.forwardAll();
      await hub.push(maker, [maker.acceptCase()]);
      await forwarder.forwardAll();
      expect(seen).toEqual({ refused: ['op-id-reused', 'gap'], isRefusedForNow: false });
      expect(hub.store.countToForward()).toBe(0);
    } finally {
      hub.dispose();
    }
  });

  it('gets from the hub what the author sends there, though the hub had it from the centre already', async () => {
    const maker = new OpMaker({ name: 'W07' });
    const hub = openTestIngest(undefined, HUB_RULES);
    hub.store.setUpstream('http://centre', 'main');
    try {
      for (const at of [centre, older]) {
        enrol(at, maker.device, 'W07');
        await at.hireClerk();
      }
      const rejected = maker.makeAny('staff.upserted', 'staff:00000000-0000-7000-8000-000000000001', {});
      const op = maker.acceptCase();
      await centre.push(maker, [rejected, op]);
      await mirror(hub, centre);
      expect(await sendAll(hub.store, older)).toEqual({ refused: [], isRefusedForNow: false });
      expect(older.store.chains.findHead(maker.device, 1)).toBeNull();
      await hub.push(maker, [rejected, op]);
      expect((await sendAllThatWaits(hub.store)).refused).toEqual([]);
      expect(older.store.chains.findHead(maker.device, 1)?.seq).toBe(2);
    } finally {
      hub.dispose();
    }
  });
});

async function sendAllThatWaits(store: CentreStore): Promise<Sending> {
  const { forwarder, seen } = forwarderTo(store, older);
  await forwarder.forwardAll();
  return seen;
}
