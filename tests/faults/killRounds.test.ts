import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chanceFrom } from '../../tools/day/random.ts';
import { type Bundles, buildBundles } from '../fixtures/bundles.ts';
import { fastFolder } from './folders.ts';
import { openFaultHall } from './hall.ts';
import type { Machine } from './machines.ts';
import { expectOnceAtCentre } from './settled.ts';
import { Kiosk, WindowClerk } from './work.ts';

/**
 * kill -9 of service, hub and centre at random moments while people work: accept cases, attach pages, take tickets. At the
 * end everything anybody was told is at the centre, once. `FAULT_ROUNDS` is for the night, `FAULT_SEED` repeats a run.
 */

const ROUNDS = Number(process.env.FAULT_ROUNDS ?? 200);
const SEED = Number(process.env.FAULT_SEED ?? 20261127);
/** Side by side: they mostly wait. */
const HALLS = 4;
/** A death comes this long after work was begun, or after a start that is cut short, ms. */
const AT_WORK_MS = 60;
const AT_START_MS = 250;

let folder: ReturnType<typeof fastFolder>;
let bundles: Bundles;
beforeAll(async () => {
  folder = fastFolder();
  bundles = await buildBundles('kill-rounds', {
    yichuang: 'tools/yichuang.ts',
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

test(`service, hub and centre are killed ${ROUNDS} times each, and everything is at the centre once`, async () => {
  const shares = Array.from({ length: HALLS }, (_, hall) => Math.floor((ROUNDS + hall) / HALLS));
  const ends = await Promise.allSettled(shares.map((rounds, index) => liveThrough(rounds, SEED + index, index)));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
  const kills = ends.map((end) => (end.status === 'fulfilled' ? end.value : 0));
  expect(kills.reduce((sum, each) => sum + each, 0)).toBe(3 * ROUNDS);
}, 1_800_000);

async function liveThrough(rounds: number, seed: number, index: number): Promise<number> {
  const chance = chanceFrom(seed);
  const hall = await openFaultHall(path.join(folder.dir, String(index)), command());
  const terminal = await hall.terminal('W07');
  await terminal.start();
  const kiosk = await Kiosk.enrol(hall.hubUrl, await hall.codeFor('K01'), 'K01');
  const clerk = new WindowClerk(terminal);
  const machines: Machine<unknown>[] = [terminal, hall.hub, hall.centre];
  try {
    await kiosk.openHall();
    await clerk.accept();
    const jobs = [() => clerk.accept(), () => clerk.accept(), () => kiosk.take(), () => clerk.acceptWithPage()];
    const underWay = new Set<Promise<unknown>>();
    let kills = 0;
    for (const victim of victims(machines, rounds, chance.next)) {
      for (let begun = 0; begun < 2; begun += 1) {
        const job: Promise<unknown> = chance
          .pick(jobs)()
          .finally(() => underWay.delete(job));
        underWay.add(job);
      }
      await sleep(chance.next() * AT_WORK_MS);
      await victim.kill();
      kills += 1;
      expect(machines.map(({ crash }) => crash)).toEqual([null, null, null]);
      const ready = victim.start();
      if (chance.next() < 0.15) await sleep(chance.next() * AT_START_MS);
      else await ready;
      // Nobody has more than two hands.
      while (underWay.size > 4) await Promise.race(underWay);
    }
    await Promise.all(machines.map((machine) => machine.ready));
    await Promise.all(underWay);
    await expectOnceAtCentre(hall, new Map([['W07', clerk]]), kiosk);
    return kills;
  } catch (error) {
    throw new Error(`FAULT_SEED=${SEED} FAULT_ROUNDS=${ROUNDS}, hall ${index}`, { cause: error });
  } finally {
    clerk.close();
    await Promise.all(machines.map((machine) => machine.stop()));
  }
}

/** Each of them `rounds` times, in a random order. */
function victims<T>(machines: readonly T[], rounds: number, random: () => number): T[] {
  const all = machines.flatMap((machine) => Array.from({ length: rounds }, () => ({ machine, at: random() })));
  return all.sort((a, b) => a.at - b.at).map(({ machine }) => machine);
}
