import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chanceFrom } from '../../tools/day/random.ts';
import { startCentreServer } from './centreServer.ts';
import { FAULTS, type Fault, type FaultyProxy, startFaultyProxy } from './faultyProxy.ts';
import { fastFolder } from './folders.ts';
import { openFaultHall } from './hall.ts';
import { COMMAND, type Mortal } from './machines.ts';
import { expectOnceAtCentre } from './settled.ts';
import { Kiosk, WindowClerk } from './work.ts';

/** A network between terminal, hub and centre that cuts, swallows, delays, doubles and spoils, by a seed. */

const SEED = Number(process.env.FAULT_SEED ?? 20261127);
/** How often each fault befalls the lines to the hubs, and those to the centres. */
const TIMES = 2;
/** Side by side: their lines mostly wait to try again. */
const HALLS = 2;
/** Between two rounds of work, ms: the lines shall carry it, not be flooded by it. */
const PACE_MS = 100;

let folder: ReturnType<typeof fastFolder>;
beforeAll(() => {
  folder = fastFolder();
});
afterAll(() => folder.remove());

test('whatever the network does between terminal, hub and centre, everything is at the centre once', async () => {
  const proxies: FaultyProxy[] = [];
  const befell = (line: number, fault: Fault) =>
    proxies.filter((_, index) => index % 2 === line).reduce((sum, { tally }) => sum + (tally.get(fault) ?? 0), 0);
  const isEnough = () => [0, 1].every((line) => FAULTS.every((fault) => befell(line, fault) >= TIMES));
  const halls = [];
  try {
    for (let index = 0; index < HALLS; index += 1) {
      halls.push(
        await openWorkingHall(path.join(folder.dir, String(index)), async (url) => {
          const proxy = await startFaultyProxy(url, chanceFrom(SEED + proxies.length));
          proxies.push(proxy);
          return proxy.url;
        }),
      );
    }
    for (const proxy of proxies) proxy.begin();
    const works = halls.map(async ({ clerk, kiosk }) => {
      for (let round = 0; !isEnough(); round += 1) {
        await Promise.all([round % 4 === 0 ? clerk.acceptWithPage() : clerk.accept(), kiosk.take(), kiosk.take()]);
        await new Promise((resolve) => setTimeout(resolve, PACE_MS));
      }
    });
    await Promise.all(works);
    for (const proxy of proxies) proxy.calm();
    for (const { hall, clerk, kiosk, machines } of halls) {
      await expectOnceAtCentre(hall, new Map([['W07', clerk]]), kiosk);
      expect(machines.map(({ crash }) => crash)).toEqual(machines.map(() => null));
    }
  } catch (error) {
    throw new Error(`FAULT_SEED=${SEED}`, { cause: error });
  } finally {
    for (const { clerk, machines } of halls) {
      clerk.close();
      for (const machine of machines) await machine.stop();
    }
    for (const proxy of proxies) await proxy.close();
  }
}, 900_000);

/** With everybody enrolled and at work, as long as the lines are good. */
async function openWorkingHall(dir: string, through: (url: string) => Promise<string>) {
  const server = startCentreServer();
  const hall = await openFaultHall(dir, COMMAND, { through, database: server?.url });
  const terminal = await hall.terminal('W07');
  await terminal.start();
  const clerk = new WindowClerk(terminal);
  await clerk.accept();
  const kiosk = await Kiosk.enrol(hall.hubUrl, await hall.codeFor('K01'), 'K01');
  await kiosk.openHall();
  const machines: Mortal[] = [terminal, hall.hub, hall.centre, ...(server ? [server] : [])];
  return { hall, clerk, kiosk, machines };
}
