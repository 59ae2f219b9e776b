import type { RatingConfig } from '../../contract/config/keypads.ts';
import type { LineDriverClass } from '../bus/types.ts';
import type { RatingBox } from '../driver/keypad.ts';
import type { DriverClass } from '../driver/types.ts';
import type { PortOptions } from '../transport/types.ts';
import { pollPresses } from './poll.ts';
import type { Running, Workshop } from './types.ts';

type AnyDriver<Config> = DriverClass<RatingBox, Config> | LineDriverClass<RatingBox, Config>;

/** Loaded one by one, only where there is such a device. */
const DRIVERS = {
  'modbus-eval': async () => (await import('../driver/modbus-eval/driver.ts')).ModbusEvalDriver,
  'frame-profile': async () => (await import('../driver/frame-profile/events.ts')).FrameRatingDriver,
} satisfies { [D in RatingConfig['driver']]: () => Promise<AnyDriver<never>> };

/** The 好差评 box: each grade becomes an event once; what it is given for is not its business. */
export async function startRating(key: string, config: RatingConfig, workshop: Workshop): Promise<Running<RatingBox>> {
  const driver: AnyDriver<never> = await DRIVERS[config.driver]();
  // The schema has accepted the configuration for this very driver.
  const running = workshop.supervise<RatingBox, PortOptions>(key, driver as AnyDriver<PortOptions>, config);
  return pollPresses(running, config, workshop, (pressed) => workshop.emit('rating.given', pressed));
}
