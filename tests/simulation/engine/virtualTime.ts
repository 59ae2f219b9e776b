import { type Life, livesNow, runIn } from './scope.ts';

/** A Friday at 9:30 in the hall: it is open, for hours. */
export const START = Date.parse('2026-11-27T01:30:00.000Z');
/** Turns of the event loop without any work after which nothing is under way but what waits for time. */
const QUIET_TURNS = 3;

interface Entry {
  at: number;
  order: number;
  /** Null: the world's own; no machine's death ends it. */
  life: Life | null;
  run: () => void;
  timer: SimTimer | null;
}

const real = {
  setTimeout: globalThis.setTimeout,
  setInterval: globalThis.setInterval,
  setImmediate: globalThis.setImmediate,
  clearTimeout: globalThis.clearTimeout,
  clearInterval: globalThis.clearInterval,
};

/** What `setTimeout` gives to simulated code. */
class SimTimer {
  isCancelled = false;
  unref(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  hasRef(): boolean {
    return true;
  }
}

/**
 * Time that passes only when nothing is left to do. Timers of code that lives on a simulated machine come here; those of
 * everything else stay real.
 */
export class VirtualTime {
  now = START;
  /** Grows with everything that happens: as long as it does, the world is not quiet. */
  activity = 0;
  readonly #entries: Entry[] = [];
  #order = 0;
  #immediates = 0;

  /** Does `run` later, unless the life whose code it is is over by then. */
  after(ms: number, run: () => void, life: Life | null, timer: SimTimer | null = null): void {
    this.activity += 1;
    this.#order += 1;
    push(this.#entries, { at: this.now + Math.max(0, Math.trunc(ms)), order: this.#order, life, run, timer });
  }

  /** Until nothing moves any more without time going on. */
  async settle(): Promise<void> {
    let quiet = 0;
    while (quiet < QUIET_TURNS) {
      const before = this.activity;
      await new Promise((resolve) => real.setImmediate(resolve));
      quiet = this.activity === before && this.#immediates === 0 ? quiet + 1 : 0;
    }
  }

  /** Goes on event after event until `until`, or until `isDone` says so after one of them. */
  async run(until: number, isDone: () => boolean = () => false): Promise<void> {
    await this.settle();
    while (!isDone()) {
      const next = this.#entries[0];
      if (!next || next.at > until) {
        this.now = Math.max(this.now, until);
        return;
      }
      pop(this.#entries);
      if (next.life?.isOver || next.timer?.isCancelled) continue;
      this.now = Math.max(this.now, next.at);
      if (next.life) runIn(next.life, next.run);
      else next.run();
      await this.settle();
    }
  }

  /** From here on simulated code has this time. @returns puts the real one back */
  install(): () => void {
    const time = this;
    const setTimeout = (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
      const life = livesNow();
      if (!life) return real.setTimeout(run, ms, ...args);
      const timer = new SimTimer();
      time.after(Number(ms), () => run(...args), life, timer);
      return timer;
    };
    const setInterval = (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
      const life = livesNow();
      if (!life) return real.setInterval(run, ms, ...args);
      const timer = new SimTimer();
      const beat = () => {
        run(...args);
        if (!timer.isCancelled) time.after(Number(ms), beat, life, timer);
      };
      time.after(Number(ms), beat, life, timer);
      return timer;
    };
    const setImmediate = (run: (...args: unknown[]) => void, ...args: unknown[]) => {
      const life = livesNow();
      if (!life) return real.setImmediate(run, ...args);
      time.#immediates += 1;
      time.activity += 1;
      return real.setImmediate(() => {
        time.#immediates -= 1;
        if (!life.isOver) run(...args);
      });
    };
    const clear = (timer: unknown) => {
      if (timer instanceof SimTimer) timer.isCancelled = true;
      else real.clearTimeout(timer as NodeJS.Timeout);
    };
    const OldDate = globalThis.Date;
    class SimDate extends OldDate {
      constructor(...args: [] | [number | string | Date]) {
        if (args.length === 0) super(time.now);
        else super(...args);
      }
      static override now(): number {
        return time.now;
      }
    }
    // How long something took is measured by it, and decides how much is asked for next.
    const realNow = performance.now.bind(performance);
    performance.now = () => (livesNow() ? time.now - START : realNow());
    Object.assign(globalThis, { setTimeout, setInterval, setImmediate, clearTimeout: clear, clearInterval: clear });
    globalThis.Date = SimDate as DateConstructor;
    return () => {
      Object.assign(globalThis, real);
      globalThis.Date = OldDate;
      performance.now = realNow;
    };
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

function push(heap: Entry[], entry: Entry): void {
  let index = heap.length;
  heap.push(entry);
  while (index > 0) {
    const parent = (index - 1) >> 1;
    const above = heap[parent] as Entry;
    if (!isBefore(entry, above)) break;
    heap[index] = above;
    index = parent;
  }
  heap[index] = entry;
}

function pop(heap: Entry[]): void {
  const last = heap.pop();
  if (!last || heap.length === 0) return;
  let index = 0;
  for (;;) {
    let child = 2 * index + 1;
    if (child >= heap.length) break;
    const right = heap[child + 1];
    if (right && isBefore(right, heap[child] as Entry)) child += 1;
    const below = heap[child] as Entry;
    if (!isBefore(below, last)) break;
    heap[index] = below;
    index = child;
  }
  heap[index] = last;
}
