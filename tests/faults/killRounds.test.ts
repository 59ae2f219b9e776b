import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chanceFrom } from '../../tools/day/random.ts';
import { type Bundles, buildBundles } from '../fixtures/bundles.ts';
import { isOnServer, startCentreServer } from './centreServer.ts';
import { fastFolder } from './folders.ts';
import { openFaultHall } from './hall.ts';
import type { Mortal } from './machines.ts';
import { expectOnceAtCentre } from './settled.ts';
import { Kiosk, WindowClerk } from './work.ts';

/**
 * kill -9 of service, hub and centre at random moments while people work: accept cases, attach pages, take tickets; where the
 * centre is on PostgreSQL, of the centre and of the whole server. At the end everything anybody was told is at the centre,
 * once. `FAULT_ROUNDS` is for the night, `FAULT_SEED` repeats a run.
 */

const ROUNDS = Number(process.env.FAULT_ROUNDS ?? 200);
const SEED = Number(process.env.FAULT_SEED ?? 20261127);
/** How often each dies. What service and hub survive has been seen beside the centre on SQLite. */
const KILLS = isOnServer
  ? { service: 0, hub: 0, centre: Math.ceil(ROUNDS / 4), server: Math.ceil(ROUNDS / 20) }
  : { service: ROUNDS, hub: ROUNDS, centre: ROUNDS, server: 0 };
type Victim = keyof typeof KILLS;
/** Side by side: they mostly wait. */
const HALLS = isOnServer ? 2 : 4;
/** A death comes this long after work was begun, or after a start that is cut short, ms. */
const AT_WORK_MS = 60;
/** What is begun here takes longer to get to the server. */
const AT_SERVER_MS = 400;
const AT_START_MS = 250;

let folder: ReturnType<typeof fastFolder>;
let bundles: Bundles;
beforeAll(async () => {
  folder = fastFolder();
  bundles = await buildBundles(isOnServer ? 'kill-rounds-postgres' : 'kill-rounds', {
    yichuang: 'tools/yichuang.ts',
    postgresWorker: 'centre/store/postgres/lineWorker.ts',
    backupWorker: 'db/backup/backupWorker.ts',
    scanWorker: 'db/scan/scanWorker.ts',
  });
  await warmUp();
}, 600_000);
afterAll(() => {
  bundles.remove();
  folder.remove();
});

const command = () => ({ script: [path.join(bundles.dir, 'yichuang.mjs')], env: bundles.env });

/** What Node compiled is kept by a process that ends in peace; all that start after it need half the time. */
async function warmUp(): Promise<void> {
  const hall = await openFaultHall(path.join(folder.dir, 'warm'), command());
  const terminal = await hall.terminal('W07');
  await terminal.start();
  for (const each of [terminal, hall.hub, hall.centre]) await each.stop();
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test(`kill -9 of ${inWords(KILLS)}: everything is at the centre once`, async () => {
  const ends = await Promise.allSettled(Array.from({ length: HALLS }, (_, index) => liveThrough(index)));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
  const died = ends.flatMap((end) => (end.status === 'fulfilled' ? end.value : []));
  for (const [name, kills] of Object.entries(KILLS)) expect(died.filter((each) => each === name)).toHaveLength(kills);
}, 1_800_000);

function inWords(kills: Readonly<Record<Victim, number>>): string {
  const named = Object.entries(kills).filter(([, times]) => times > 0);
  return named.map(([name, times]) => `${name} ${times} times`).join(', ');
}

/** @returns who died, in order */
async function liveThrough(index: number): Promise<Victim[]> {
  const chance = chanceFrom(SEED + index);
  const server = startCentreServer();
  const hall = await openFaultHall(path.join(folder.dir, String(index)), command(), { database: server?.url });
  const terminal = await hall.terminal('W07');
  await terminal.start();
  const kiosk = await Kiosk.enrol(hall.hubUrl, await hall.codeFor('K01'), 'K01');
  const clerk = new WindowClerk(terminal);
  // What is lost comes again from window and hub. One that shows the centre's own receipts when it greets anew finds it out.
  const witness = server && (await hall.terminal('W08', (await hall.centre.ready).url));
  await witness?.start();
  const clerks = new Map([['W07', clerk], ...(witness ? [['W08', new WindowClerk(witness)] as const] : [])]);
  const mortals = { service: terminal, hub: hall.hub, centre: hall.centre, ...(server && { server }) };
  const machines: Mortal[] = [...(witness ? [witness] : []), ...Object.values(mortals)];
  try {
    await kiosk.openHall();
    await clerk.accept();
    const jobs = [
      () => clerk.accept(),
      () => (clerks.get('W08') ?? clerk).accept(),
      () => kiosk.take(),
      () => clerk.acceptWithPage(),
    ];
    const underWay = new Set<Promise<unknown>>();
    const died: Victim[] = [];
    for (const name of victims(index, chance.next)) {
      const victim = name === 'server' ? server : mortals[name];
      // A centre that is started while its server is gone ends, and whoever looks after it starts it again.
      if (name === 'server') await hall.centre.ready;
      for (let begun = 0; begun < 2; begun += 1) {
        const job: Promise<unknown> = chance
          .pick(jobs)()
          .finally(() => underWay.delete(job));
        underWay.add(job);
      }
      await sleep(chance.next() * (name === 'server' ? AT_SERVER_MS : AT_WORK_MS));
      // Every other time the whole room loses its power, a moment after the centre has acknowledged something.
      const isPowerCut = name === 'server' && died.filter((each) => each === name).length % 2 === 1;
      if (isPowerCut) await untilAcknowledged(clerks.get('W08') ?? clerk);
      await Promise.all([victim?.kill(), ...(isPowerCut ? [hall.centre.kill()] : [])]);
      died.push(name);
      expect(machines.filter(({ crash }) => crash !== null)).toEqual([]);
      const ready = victim?.start();
      if (isPowerCut) await hall.centre.start();
      if (chance.next() < 0.15) await sleep(chance.next() * AT_START_MS);
      else await ready;
      // Nobody has more than two hands.
      while (underWay.size > 4) await Promise.race(underWay);
    }
    await Promise.all(machines.map((machine) => machine.ready));
    await Promise.all(underWay);
    await expectOnceAtCentre(hall, clerks, kiosk);
    return died;
  } catch (error) {
    throw new Error(`FAULT_SEED=${SEED} FAULT_ROUNDS=${ROUNDS}, hall ${index}`, { cause: error });
  } finally {
    for (const each of clerks.values()) each.close();
    for (const machine of machines) await machine.stop();
  }
}

async function untilAcknowledged(clerk: WindowClerk): Promise<void> {
  await clerk.accept();
  while ((await clerk.syncStatus()).waitingOps > 0);
}

/** Who dies in this hall, in a random order: its share of all. */
function victims(hall: number, random: () => number): Victim[] {
  const all = Object.entries(KILLS).flatMap(([name, kills]) => {
    const share = Math.floor((kills + hall) / HALLS);
    return Array.from({ length: share }, () => ({ name: name as Victim, at: random() }));
  });
  return all.sort((a, b) => a.at - b.at).map(({ name }) => name);
}
