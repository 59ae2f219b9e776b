import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds of the machine's steady clock: the same in every process, so that a way through several can be measured. */
export function steadyMs(): number {
  return Number(process.hrtime.bigint()) / 1_000_000;
}

/** @throws Error after half a minute */
export async function until(isTrue: () => boolean): Promise<void> {
  const deadline = steadyMs() + 30_000;
  while (!isTrue()) {
    if (steadyMs() > deadline) throw new Error('the bench waited for 30 s in vain');
    await delay(2);
  }
}
