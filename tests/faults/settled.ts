import { expect } from 'vitest';
import type { FaultHall } from './hall.ts';
import type { Kiosk, WindowClerk } from './work.ts';

/** Longer than what five days take, or a line that failed again and again, on a busy machine. */
const WAIT = { timeout: 300_000, interval: 250 };

/**
 * Waits until nothing is under way any more, and compares what anybody was told with what is at the centre: everything, and
 * once. All data are sound.
 */
export async function expectOnceAtCentre(
  hall: FaultHall,
  clerks: ReadonlyMap<string, WindowClerk>,
  kiosk: Kiosk | null = null,
): Promise<void> {
  await expectAllTold(hall, clerks, kiosk);
  expect(await hall.findings([...clerks.keys()])).toEqual([]);
}

/** As `expectOnceAtCentre`, without a look at the data. */
export async function expectAllTold(
  hall: FaultHall,
  clerks: ReadonlyMap<string, WindowClerk>,
  kiosk: Kiosk | null,
): Promise<void> {
  for (const clerk of clerks.values()) {
    const status = async () => {
      const { waitingOps, heldOps, rejected, images } = await clerk.syncStatus();
      return { waitingOps, heldOps, rejected, images };
    };
    await expect.poll(status, WAIT).toEqual({ waitingOps: 0, heldOps: 0, rejected: 0, images: 0 });
  }
  const taken = () => hall.atCentre('ticket.taken').map(({ day, number }) => `${day} ${number}`);
  const given = kiosk?.taken ?? [];
  await expect.poll(() => taken().sort(), WAIT).toEqual([...given].sort());
  expect(new Set(given).size).toBe(given.length);

  const atCentre = hall
    .atCentre('case.accepted')
    .map(({ stream, number, outcome }) => `${stream} ${number} ${outcome}`);
  const told = [...clerks.values()].flatMap(({ accepted }) => [...accepted]);
  expect(atCentre.sort()).toEqual(told.map(([id, number]) => `case:${id} ${number} applied`).sort());
  expect(new Set(told.map(([, number]) => number)).size).toBe(told.length);

  const pages = hall.atCentre('scan.attached').map(({ sha256 }) => sha256);
  for (const { attached } of clerks.values()) {
    for (const sha256 of attached) expect(pages.filter((each) => each === sha256)).toHaveLength(1);
  }
}
