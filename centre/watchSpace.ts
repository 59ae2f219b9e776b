import type { Logger } from 'pino';
import { type SpaceState, SpaceWatch } from '../disk/spaceWatch.ts';
import type { OwnAlarms } from './alarms.ts';

/** Room on the disk of the data; who sends is told to come again while there is none. */
export function watchSpace(
  dir: string,
  reserveBytes: number,
  alarms: Pick<OwnAlarms, 'set'>,
  logger: Logger,
): SpaceWatch {
  let before: SpaceState | null = null;
  return new SpaceWatch({
    ...{ dir, reserveBytes },
    onState(state) {
      alarms.set('disk-full', state.isFull, { freeMb: state.freeMb });
      alarms.set('disk-low', state.isLow && !state.isFull, { freeMb: state.freeMb });
      if (state.isFull && !before?.isFull)
        logger.error(state, 'the disk is full: the reserve is given up, make room now');
      else if (!state.isFull && before?.isFull) logger.info(state, 'there is room again');
      else if (state.isLow && !before?.isLow) logger.warn(state, 'the disk is getting full');
      before = state;
    },
  });
}
