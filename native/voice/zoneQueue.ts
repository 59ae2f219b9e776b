import type { Announcement } from '../../domain/announcement/announcement.ts';
import { afterFailure, afterSpoken, joinQueue, type Waiting } from '../../domain/announcement/queue.ts';

export interface Saying {
  announcement: Announcement;
  /** For the elder. */
  slow: boolean;
}

export interface ZoneQueueOptions {
  /** Resolves when it was spoken to the end, or broken off after `signal` was raised. */
  speak: (saying: Saying, signal: AbortSignal) => Promise<void>;
  /** How often a call is spoken. */
  repeat: number;
  delay: (ms: number) => Promise<void>;
}

interface Said extends Saying {
  finish: (spoken: number) => void;
  fail: (error: unknown) => void;
}

/** Between two things said. */
const PAUSE_MS = 500;
/** The least a call to the elder is spoken, where nobody else waits to be called. */
const ELDER_REPEAT = 2;
/** The events that call somebody; everything else is said once. */
const CALLS: readonly Announcement['event'][] = ['call', 'recall', 'pickup', 'pre-review'];

/** The loudspeakers of one zone: one thing is said after the other (domain/announcement/queue.ts has the rule). */
export class ZoneQueue {
  readonly #options: ZoneQueueOptions;
  #queue: Waiting<Said>[] = [];
  #running = false;
  #stop = new AbortController();

  constructor(options: ZoneQueueOptions) {
    this.#options = options;
  }

  /** @returns how often it was spoken, 0 when `stop` came first. @throws what `speak` throws */
  say(announcement: Announcement, slow = false): Promise<number> {
    return new Promise((finish, fail) => {
      const wanted = slow ? Math.max(ELDER_REPEAT, this.#options.repeat) : this.#options.repeat;
      const repeat = CALLS.includes(announcement.event) ? wanted : 1;
      this.#queue = joinQueue(this.#queue, { announcement, slow, finish, fail }, repeat);
      if (!this.#running) void this.#run();
    });
  }

  /** Breaks off what is said and drops what waits. */
  stop(): void {
    const dropped = this.#queue;
    this.#queue = [];
    this.#stop.abort();
    this.#stop = new AbortController();
    for (const { item } of dropped) item.finish(0);
  }

  async #run(): Promise<void> {
    this.#running = true;
    for (let head = this.#queue[0]; head; head = this.#queue[0]) {
      const { signal } = this.#stop;
      try {
        await this.#options.speak(head.item, signal);
        if (!signal.aborted) this.#spoken();
      } catch (error) {
        if (!signal.aborted) {
          this.#queue = afterFailure(this.#queue);
          head.item.fail(error);
        }
      }
      if (this.#queue.length > 0) await this.#options.delay(PAUSE_MS);
    }
    this.#running = false;
  }

  #spoken(): void {
    const { queue, done } = afterSpoken(this.#queue);
    this.#queue = queue;
    done?.item.finish(done.spoken);
  }
}
