// @ts-check

/**
 * Progress of long steps, in plain lines: the same in a terminal, in a log file and under CI.
 * @typedef {object} Clock
 * @property {() => number} now milliseconds
 * @property {(run: () => void, ms: number) => () => void} every calls `run` again and again; returns how to end it
 */

const HEARTBEAT_MS = 15_000;

/** @type {Clock} */
const systemClock = {
  now: () => performance.now(),
  every: (run, ms) => {
    const timer = setInterval(run, ms);
    return () => clearInterval(timer);
  },
};

/** @param {string} line */
export function say(line) {
  process.stdout.write(`${line}\n`);
}

/**
 * @param {number} ms
 * @returns {string} `4 s`, `1 min 05 s`
 */
export function duration(ms) {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/**
 * Says what begins and why, reports while it lasts, and says how long it took.
 * @template T
 * @param {{ what: string, why: string, usually?: string }} step `usually`: how long it takes elsewhere
 * @param {() => Promise<T>} run
 * @param {{ clock?: Clock, print?: (line: string) => void }} [options]
 * @returns {Promise<T>}
 */
export async function longStep(step, run, options = {}) {
  const { clock = systemClock, print = say } = options;
  const startedAt = clock.now();
  print(`· ${step.what}: ${step.why}${step.usually ? ` (usually ${step.usually})` : ''}`);
  const endHeartbeat = clock.every(
    () => print(`  … ${step.what}, ${duration(clock.now() - startedAt)} so far`),
    HEARTBEAT_MS,
  );
  try {
    const value = await run();
    print(`  done in ${duration(clock.now() - startedAt)}`);
    return value;
  } catch (error) {
    print(`  failed after ${duration(clock.now() - startedAt)}`);
    throw error;
  } finally {
    endHeartbeat();
  }
}
