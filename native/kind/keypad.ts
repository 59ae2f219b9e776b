import type { KeypadConfig } from '../../contract/config/keypads.ts';
import type { LineDriverClass } from '../bus/types.ts';
import type { Keypad } from '../driver/keypad.ts';
import type { DriverClass } from '../driver/types.ts';
import type { PortOptions } from '../transport/types.ts';
import { pollPresses } from './poll.ts';
import type { Running, Workshop } from './types.ts';

type AnyDriver<Config> = DriverClass<Keypad, Config> | LineDriverClass<Keypad, Config>;

/** Loaded one by one, only where there is such a device. */
const DRIVERS = {
  'modbus-keypad': async () => (await import('../driver/modbus-keypad/driver.ts')).ModbusKeypadDriver,
  caller21: async () => (await import('../driver/caller21/driver.ts')).Caller21Driver,
  'frame-profile': async () => (await import('../driver/frame-profile/events.ts')).FrameKeypadDriver,
} satisfies { [D in KeypadConfig['driver']]: () => Promise<AnyDriver<never>> };

/** Keys at the window: each press becomes an event once. */
export async function startKeypad(key: string, config: KeypadConfig, workshop: Workshop): Promise<Running<Keypad>> {
  const driver: AnyDriver<never> = await DRIVERS[config.driver]();
  // The schema has accepted the configuration for this very driver.
  const running = workshop.supervise<Keypad, PortOptions>(key, driver as AnyDriver<PortOptions>, config);
  return pollPresses(running, config, workshop, (pressed) => workshop.emit('keypad.key', pressed));
}
