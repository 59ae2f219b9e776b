import { createHash } from 'node:crypto';
import { START, type VirtualTime } from './virtualTime.ts';

/** What happened, in words, and how often each kind of thing did. */
export class Trace {
  readonly lines: string[] = [];
  readonly counters = new Map<string, number>();
  readonly #time: VirtualTime;
  readonly #happened: string[] = [];

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  note(line: string): void {
    const seconds = ((this.#time.now - START) / 1000).toFixed(3).padStart(9);
    const text = `${seconds} s  ${line}`;
    this.lines.push(text);
    this.#happened.push(line);
  }

  count(what: string): void {
    this.counters.set(what, (this.counters.get(what) ?? 0) + 1);
  }

  /**
   * Of what happened, whatever the millisecond: under load some steps come a few virtual milliseconds apart, and why is not
   * known yet (README, known limits).
   */
  digest(): string {
    return createHash('sha256').update(this.#happened.toSorted().join('\n')).digest('hex').slice(0, 16);
  }
}
