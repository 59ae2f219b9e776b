import { type SpaceState, SpaceWatch } from '../../disk/spaceWatch.ts';
import type { Health } from '../health/health.ts';
import type { Log } from '../log.ts';

/** Keeps the reserve of this machine's disk; how much room there is is an alarm. */
export function watchSpace(
  dir: string,
  reserveMegabytes: number,
  health: Pick<Health, 'raise' | 'clear'>,
  log: Log,
): SpaceWatch | null {
  if (reserveMegabytes === 0) return null;
  let before: SpaceState | null = null;
  return new SpaceWatch({
    dir,
    reserveBytes: reserveMegabytes * 1024 * 1024,
    onState(state) {
      const { isFull, isLow, freeMb } = state;
      if (isFull) health.raise('disk-full', { freeMb });
      else health.clear('disk-full');
      if (isLow && !isFull) health.raise('disk-low', { freeMb });
      else health.clear('disk-low');
      if (isFull !== before?.isFull) log.info({ isFull, freeMb }, 'disk-space');
      before = state;
    },
  });
}
