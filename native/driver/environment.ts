import { setTimeout as delay } from 'node:timers/promises';
import type { DriverEnvironment } from './types.ts';

/** The real clock, monotonic, in milliseconds with fractions. */
export function systemEnvironment(log: DriverEnvironment['log'] = () => {}): DriverEnvironment {
  return { now: () => performance.now(), delay: (ms) => delay(ms), log };
}
