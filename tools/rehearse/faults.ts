import type { RehearsalHall } from './hall.ts';
import type { HallTime } from './time.ts';

const MINUTE = 60_000;

/** What goes wrong on the day: when, counted from the opening, and for how long, ms. */
export const FAULTS = {
  'hub-outage': { at: 90 * MINUTE, lasts: 30 * MINUTE },
  'window-crash': { at: 60 * MINUTE, lasts: 5 * MINUTE },
} as const;

export type Fault = keyof typeof FAULTS;

export function isFault(name: string): name is Fault {
  return Object.hasOwn(FAULTS, name);
}

/** Lets the faults happen; resolves when the last is over. */
export async function faultsOf(
  faults: readonly Fault[],
  hall: RehearsalHall,
  time: HallTime,
  opensAt: number,
  { onLog, onHub }: { onLog: (line: string) => void; onHub: (isUp: boolean) => void },
): Promise<void> {
  const last = hall.windows.at(-1);
  await Promise.all(
    faults.map(async (fault) => {
      const { at, lasts } = FAULTS[fault];
      await time.until(opensAt + at);
      onLog(`${fault}: begins`);
      if (fault === 'hub-outage') {
        onHub(false);
        await hall.killHub();
      } else {
        await last?.kill();
      }
      await time.sleep(lasts);
      if (fault === 'hub-outage') {
        await hall.startHub();
        onHub(true);
      } else {
        await last?.restart();
      }
      onLog(`${fault}: over`);
    }),
  );
}
