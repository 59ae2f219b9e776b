import { createHash } from 'node:crypto';
import { START, type VirtualTime } from './virtualTime.ts';

/** What happened, in words, and how often each kind of thing did. */
export class Trace {
  readonly lines: string[] = [];
  readonly counters = new Map<string, number>();
  readonly #time: VirtualTime;
  readonly #hash = createHash('sha256');

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  note(line: string): void {
    const seconds = ((this.#time.now - START) / 1000).toFixed(3).padStart(9);
    const text = `${seconds} s  ${line}`;
    this.lines.push(text);
    this.#hash.update(`${text}\n`);
  }

  count(what: string, times = 1): void {
    if (times > 0) this.counters.set(what, (this.counters.get(what) ?? 0) + times);
  }

  digest(): string {
    return this.#hash.copy().digest('hex').slice(0, 16);
  }
}
