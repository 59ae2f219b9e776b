import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CLOCK_VARIABLE, writeClock } from '../../tools/rehearse/clock.ts';
import { isOnServer, startCentreServer } from './centreServer.ts';
import { fastFolder } from './folders.ts';
import { openFaultHall } from './hall.ts';
import { COMMAND } from './machines.ts';
import { expectOnceAtCentre } from './settled.ts';
import { Kiosk, WindowClerk } from './work.ts';

/**
 * Five working days without the centre: a window at the hub of the hall, and one that has nobody but the centre. Every
 * process has the clock of the hall, which is switched off in the evening. Then the centre comes back.
 */

const DAYS = 5;
/** What the hall does without the centre has been seen beside the one on SQLite. */
const TICKETS_A_DAY = isOnServer ? 200 : 600;
const CASES_A_DAY = TICKETS_A_DAY;
const DAY_MS = 24 * 3_600_000;
/** What somebody at a counter of the centre would wait for (the promise to the halls). */
const DRAINED_WITHIN_MS = 10 * 60_000;
/** A day's work takes some seconds here, and an hour or more there; on a busy machine it is still done before the day is. */
const SPEED = 240;

let folder: ReturnType<typeof fastFolder>;
beforeAll(() => {
  folder = fastFolder();
});
afterAll(() => folder.remove());

/** 8:30 in the hall, on the first Monday after today. */
function firstMorning(): number {
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const daysToMonday = (8 - new Date(today).getUTCDay()) % 7 || 7;
  return today + daysToMonday * DAY_MS + 30 * 60_000;
}

test(`${DAYS} days of ${TICKETS_A_DAY} tickets without the centre are at the centre once, within ten minutes`, async () => {
  const env: Record<string, string> = {};
  const setClock = (hallStart: number, speed: number): void => {
    env[CLOCK_VARIABLE] = writeClock({ realStart: Date.now(), hallStart, speed });
  };
  const monday = firstMorning();
  setClock(monday - 12 * 3_600_000, 1);
  const server = startCentreServer();
  const hall = await openFaultHall(path.join(folder.dir, 'hall'), { ...COMMAND, env }, { database: server?.url });
  const centreUrl = (await hall.centre.ready).url;
  const [atHub, alone] = [await hall.terminal('W07'), await hall.terminal('W08', centreUrl)];
  const clerks = new Map([
    ['W07', new WindowClerk(atHub)],
    ['W08', new WindowClerk(alone)],
  ]);
  const machines = [atHub, alone, hall.hub];
  const kiosk = await Kiosk.enrol(hall.hubUrl, await hall.codeFor('K01'), 'K01');
  try {
    await Promise.all([atHub.start(), alone.start()]);
    // Signed in once, so that the staff of the hall is known.
    for (const clerk of clerks.values()) await clerk.syncStatus();
    await hall.centre.stop();

    for (let day = 0; day < DAYS; day += 1) {
      await Promise.all(machines.map((machine) => machine.stop()));
      setClock(monday + day * DAY_MS, SPEED);
      await Promise.all(machines.map((machine) => machine.start()));
      await kiosk.openHall();
      const desks = [...clerks.values()].map((clerk) => repeat(CASES_A_DAY / clerks.size, () => clerk.accept()));
      await Promise.all([...desks, repeat(TICKETS_A_DAY, () => kiosk.take())]);
    }

    await Promise.all(machines.map((machine) => machine.stop()));
    setClock(monday + DAYS * DAY_MS, 1);
    await Promise.all([hall.centre, ...machines].map((machine) => machine.start()));
    const back = performance.now();
    await expectOnceAtCentre(hall, clerks, kiosk);
    const took = performance.now() - back;
    console.error(
      `${DAYS * (TICKETS_A_DAY + CASES_A_DAY)} ops of ${DAYS} days at the centre after ${Math.round(took)} ms`,
    );
    expect(took).toBeLessThan(DRAINED_WITHIN_MS);
    expect(hall.atCentre('case.accepted')).toHaveLength(DAYS * CASES_A_DAY);
    expect(kiosk.taken).toHaveLength(DAYS * TICKETS_A_DAY);
  } finally {
    for (const clerk of clerks.values()) clerk.close();
    await Promise.all([hall.centre, ...machines].map((machine) => machine.stop()));
    await server?.stop();
  }
}, 900_000);

async function repeat(times: number, act: () => Promise<unknown>): Promise<void> {
  for (let done = 0; done < times; done += 1) await act();
}
