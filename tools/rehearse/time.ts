/** The hall's clock for those who wait in it. */
export interface HallTime {
  /** ms since 1970 in the hall. */
  now(): number;
  /** Resolves when the hall's clock shows `at`; at once when it is past. */
  until(at: number): Promise<void>;
  sleep(ms: number): Promise<void>;
}

/** @param speed milliseconds of the hall in one of this machine */
export function hallTime(now: () => number, speed: number): HallTime {
  const until = async (at: number) => {
    for (let left = at - now(); left > 0; left = at - now()) {
      await new Promise((resolve) => setTimeout(resolve, Math.max(1, left / speed)));
    }
  };
  return { now, until, sleep: (ms) => until(now() + ms) };
}
