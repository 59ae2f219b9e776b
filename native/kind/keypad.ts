import type { KeypadConfig } from '../../contract/config/devices.ts';
import { ModbusKeypadDriver } from '../driver/modbus-keypad/driver.ts';
import { Poll } from './poll.ts';
import type { Running, Workshop } from './types.ts';

/** Keys at the window: each press becomes an event once. */
export function startKeypad(key: string, config: KeypadConfig, workshop: Workshop): Running {
  const running = workshop.supervise(key, ModbusKeypadDriver, config);
  const poll = new Poll(config.pollMs, workshop.environment, async () => {
    const pressed = await running.supervisor.run((keypad) => keypad.poll());
    if (pressed) workshop.emit('keypad.key', pressed);
  });
  return {
    ...running,
    close: () => {
      poll.end();
      return running.close();
    },
  };
}
