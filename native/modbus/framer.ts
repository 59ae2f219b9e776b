import { crc16 } from '../driver/line/checksum.ts';

/** Twice the largest frame of the protocol. */
const CAPACITY = 512;
const EXCEPTION_BYTES = 5;
const EXCEPTION_FLAG = 0x80;
const READS = new Set([1, 2, 3, 4]);

/** What the answer to one request looks like. */
export interface Expected {
  unit: number;
  code: number;
  /** Of the whole frame when all goes well. */
  bytes: number;
}

export interface FramerCounters {
  /** Answers begun and not ended. */
  partial: number;
  /** Bytes that belonged to no answer. */
  garbage: number;
  badChecksum: number;
}

/**
 * Finds the answer to one request in what comes over the line, whatever the chunks and whatever stands before it. A
 * place where an answer may begin is held until it is complete or the line falls silent; on a wrong checksum the search
 * goes on ONE byte later (devices.md §6.3).
 */
export class ReplyFramer {
  readonly counters: FramerCounters = { partial: 0, garbage: 0, badChecksum: 0 };
  #held = new Uint8Array(0);
  #expected: Expected | null = null;

  /** From now on only this is looked for; what is held is older than the request. */
  expect(expected: Expected | null): void {
    this.counters.garbage += this.#held.length;
    this.#held = new Uint8Array(0);
    this.#expected = expected;
  }

  get held(): number {
    return this.#held.length;
  }

  /** @returns the answer, once; what follows it is not part of it */
  push(bytes: Uint8Array): Uint8Array | null {
    const all = new Uint8Array(this.#held.length + bytes.length);
    all.set(this.#held);
    all.set(bytes, this.#held.length);
    this.counters.garbage += Math.max(0, all.length - CAPACITY);
    this.#held = all.subarray(-CAPACITY);
    return this.#search(false);
  }

  /** The line is silent: what is incomplete stays so. */
  expire(): Uint8Array | null {
    return this.#search(true);
  }

  #search(silent: boolean): Uint8Array | null {
    const expected = this.#expected;
    while (expected && this.#held.length > 0) {
      const total = this.#frameBytes(expected);
      if (total !== null && this.#held.length >= total) {
        const frame = this.#held.slice(0, total);
        if (crc16(frame.subarray(0, -2), 0xffff) === ((frame[total - 1] ?? 0) << 8) + (frame[total - 2] ?? 0)) {
          this.#held = this.#held.slice(total);
          this.#expected = null;
          return frame;
        }
        this.counters.badChecksum += 1;
      } else if (total !== null) {
        if (!silent) return null;
        this.counters.partial += 1;
      }
      this.#held = this.#held.subarray(1);
      this.counters.garbage += 1;
    }
    return null;
  }

  /** Length of the answer that may begin here; null when none can. */
  #frameBytes({ unit, code, bytes }: Expected): number | null {
    const [first, second, third] = this.#held;
    if (first !== unit) return null;
    if (second === undefined) return EXCEPTION_BYTES;
    if (second === (code | EXCEPTION_FLAG)) return EXCEPTION_BYTES;
    if (second !== code) return null;
    if (READS.has(code) && third !== undefined && third !== bytes - EXCEPTION_BYTES) return null;
    return bytes;
  }
}
