import type { RatingConfig } from '../../contract/config/devices.ts';
import { ModbusEvalDriver } from '../driver/modbus-eval/driver.ts';
import { Poll } from './poll.ts';
import type { Running, Workshop } from './types.ts';

/** The 好差评 box: each grade becomes an event once; what it is given for is not its business. */
export function startRating(key: string, config: RatingConfig, workshop: Workshop): Running {
  const running = workshop.supervise(key, ModbusEvalDriver, config);
  const poll = new Poll(config.pollMs, workshop.environment, async () => {
    const given = await running.supervisor.run((box) => box.poll());
    if (given) workshop.emit('rating.given', given);
  });
  return {
    ...running,
    close: () => {
      poll.end();
      return running.close();
    },
  };
}
