import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { verifyDatabase } from '../../db/verify.ts';
import { clockRules } from '../../domain/clock/caseClock.ts';
import type { TakeTicket } from '../../domain/queue/commands.ts';
import { QueueClient } from '../../service/queue/client.ts';
import { Dispenser } from '../../service/queue/dispenser.ts';
import { HallNow } from '../../service/queue/hallNow.ts';
import { HubWatch } from '../../service/queue/hubWatch.ts';
import { LocalDesk } from '../../service/queue/localDesk.ts';
import { SyncClient } from '../../sync/syncClient.ts';
import { TAKE } from '../fixtures/queueDesk.ts';
import { type Hub, startFrontDesk, startHub } from '../fixtures/queueTerminals.ts';
import { openTestStore } from '../fixtures/store.ts';

/** A pre-review terminal's numbers, from a real hub over HTTP and without it. */

const WAIT = { timeout: 45_000, interval: 20 };
/** Ten seconds of silence pass in two. */
const SPEED = 5;
const RULES = clockRules({ usual: ['00:00-23:59'] });

let hub: Hub;
let front: Awaited<ReturnType<typeof startFrontDesk>>;
const cleanUps: (() => unknown)[] = [];

beforeEach(async () => {
  hub = await startHub([]);
  cleanUps.push(() => hub.dispose());
  front = await startFrontDesk(hub);
  // The hub begins the day: it has the first block of each.
  for (const queue of ['A', 'B'] as const) await front.take({ queue });
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** What a service puts together, without its pages. */
async function startKiosk(id: string) {
  const fixture = openTestStore();
  cleanUps.push(() => fixture.dispose());
  const code = await hub.code(id);
  const monotonic = () => performance.now() * SPEED;
  function open() {
    const { store } = fixture;
    const hall = new HallNow(store, Date.now, () => RULES);
    const sync = new SyncClient({
      ...{ store, url: hub.url, terminal: id, hall: 'main', enrolmentCode: code, now: Date.now, monotonic },
      onChange: () => {},
      onStreams: (streams) => hall.refresh(streams),
      onPublished: () => {},
      log: () => {},
    });
    const log = () => {};
    const watch = new HubWatch({
      ...{ sync, monotonic, now: Date.now, log },
      countUnsent: () => store.delivery.countUnsent(),
      onChange: () => {},
    });
    const terminal = { id, floor: 3 };
    const desk = new LocalDesk({ store, hall, terminal, newId: v7, onCommitted: () => sync.notify() });
    const client = new QueueClient({ sync, watch, desk, hall, onAnswer: () => {} });
    const config = { terminal: { id } };
    const dispenser = new Dispenser({
      ...{ config, store, hall, client, watch, desk, now: Date.now, newId: v7, log },
      rules: () => RULES,
    });
    return { store, hall, sync, watch, dispenser };
  }
  let running = open();
  const close = async () => {
    await running.watch.stop();
    await running.dispenser.stop();
    await running.sync.stop();
  };
  cleanUps.push(close);
  return {
    get now() {
      return running;
    },
    take: (commandId = v7(), more: Partial<TakeTicket> = {}) => running.dispenser.take(commandId, { ...TAKE, ...more }),
    /** The program ends and starts again on the same data. */
    async restart() {
      await close();
      fixture.reopen();
      running = open();
    },
    async waitForLeases() {
      await vi.waitFor(async () => {
        await running.dispenser.look();
        const { day } = running.hall;
        const prefixes = running.store.hall.byDay('lease', day).filter(({ holder }) => holder === id);
        expect(prefixes.map(({ prefix }) => prefix).sort()).toEqual(['A', 'B', 'E', 'L', 'V', 'Y']);
      }, WAIT);
    },
    waitForMode: (mode: 'hub' | 'emergency') => vi.waitFor(() => expect(running.watch.mode).toBe(mode), WAIT),
  };
}

const takenAtHub = async () => {
  const { rows } = await front.desk.pull('hall:main', 0, 1000);
  return rows.filter(({ op }) => op.kind === 'ticket.taken').map(({ op }) => String(op.body.number));
};

test('leases are held for today and the next opening day before anything is wrong, and asked for once', async () => {
  const kiosk = await startKiosk('K01');
  await kiosk.waitForLeases();
  const leases = kiosk.now.store.hall.all('lease').filter(({ holder }) => holder === 'K01');
  expect(new Set(leases.map(({ day }) => day)).size).toBe(2);
  expect(leases).toHaveLength(12);
  await kiosk.now.dispenser.look();
  expect(kiosk.now.store.hall.all('lease').filter(({ holder }) => holder === 'K01')).toHaveLength(12);
});

test('with the hub it gives the numbers of the hub; the same command is one number', async () => {
  const kiosk = await startKiosk('K01');
  await kiosk.waitForLeases();
  const commandId = v7();
  const [first, again] = [await kiosk.take(commandId), await kiosk.take(commandId)];
  expect([first.number, again.id, first.issuer]).toEqual(['A002', first.id, 'K01']);
  expect((await front.take()).number).toBe('A003');
});

test('without the hub two kiosks give numbers that never meet, also over a restart, and the hub takes them all', async () => {
  const kiosks = [await startKiosk('K01'), await startKiosk('K02')] as const;
  const [one, other] = kiosks;
  for (const kiosk of kiosks) await kiosk.waitForLeases();
  const known: string[] = [];
  await hub.kill();
  // At once: nobody waits at a machine for ten seconds.
  const commandId = v7();
  known.push((await one.take(commandId)).number, (await other.take()).number);
  expect((await one.take(commandId)).number).toBe(known[0]);
  await one.restart();
  known.push((await one.take()).number, (await one.take(v7(), { queue: 'B' })).number, (await other.take()).number);
  expect(known).toEqual(['A500', 'A1000', 'A501', 'B500', 'A1001']);
  await hub.restart();
  for (const kiosk of kiosks) {
    await vi.waitFor(() => expect(kiosk.now.store.delivery.countUnsent()).toBe(0), WAIT);
    expect(kiosk.now.store.delivery.counts().rejected).toBe(0);
    await kiosk.waitForMode('hub');
    expect(verifyDatabase(kiosk.now.store.db)).toEqual([]);
  }
  expect((await takenAtHub()).sort()).toEqual(['A001', 'B001', ...known].sort());
  expect((await front.take()).number).toBe('A002');
});

test('a copy that lost its tail goes on with its own letter, and gives no number twice', async () => {
  const kiosk = await startKiosk('K01');
  await kiosk.waitForLeases();
  await hub.kill();
  const before = await kiosk.take();
  expect(before.number).toBe('A500');
  // As `yichuang restore` does.
  kiosk.now.store.ledger.beginEpoch({ reason: 'restored' }, { above: 1 });
  expect((await kiosk.take()).number).toBe('ZA500');
  await hub.restart();
  await kiosk.waitForLeases();
  await vi.waitFor(async () => expect((await takenAtHub()).sort()).toEqual(['A001', 'A500', 'B001', 'ZA500']), WAIT);
});

test('one person has one number for one thing, also without the hub', async () => {
  const kiosk = await startKiosk('K01');
  await kiosk.waitForLeases();
  const person = 'a'.repeat(32);
  const first = await kiosk.take(v7(), { person });
  await vi.waitFor(() => expect(kiosk.now.hall.ticket(first.id)).not.toBeNull(), WAIT);
  for (const away of [false, true]) {
    if (away) await hub.kill();
    const asked = kiosk.take(v7(), { person });
    await expect(asked).rejects.toMatchObject({ code: 'one-ticket-each' });
  }
});
