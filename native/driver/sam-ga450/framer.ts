import {
  checksum,
  type Frame,
  HEADER_BYTES,
  MAX_RESPONSE_LENGTH,
  MIN_RESPONSE_LENGTH,
  PREAMBLE,
  parseResponse,
} from './frame.ts';

/** More than twice the largest frame; the buffer never grows. */
const CAPACITY = 8192;

export interface FramerCounters {
  /** Frames begun and abandoned because the line fell silent inside them. */
  partial: number;
  /** Bytes that belonged to no frame. */
  garbage: number;
  badChecksum: number;
}

/**
 * Finds responses in a stream of bytes, whatever the chunks. Once a preamble with a plausible length is seen exactly
 * that many bytes are taken; when the checksum is wrong, or the line falls silent, it slides forward by ONE byte from
 * the failed preamble and searches again, so a frame that follows noise is not lost with it (devices.md §1.2, §6.3).
 */
export class Framer {
  readonly counters: FramerCounters = { partial: 0, garbage: 0, badChecksum: 0 };
  readonly #now: () => number;
  readonly #interByteMs: number;
  readonly #buffer = new Uint8Array(CAPACITY);
  #start = 0;
  #end = 0;
  #lastByteAt = 0;

  /** @param options.interByteMs silence inside a frame after which it is given up */
  constructor(options: { now: () => number; interByteMs: number }) {
    this.#now = options.now;
    this.#interByteMs = options.interByteMs;
  }

  /** Bytes held back because they may be the beginning of a frame. */
  get held(): number {
    return this.#end - this.#start;
  }

  /**
   * Late bytes still complete a frame: a busy machine delivers late what came in time, and the checksum decides. Only
   * `expire` gives a frame up.
   */
  push(bytes: Uint8Array): Frame[] {
    const frames: Frame[] = [];
    for (let offset = 0; offset < bytes.length; ) {
      // What is held is always shorter than one frame, so there is room for at least another.
      this.#buffer.copyWithin(0, this.#start, this.#end);
      this.#end -= this.#start;
      this.#start = 0;
      const part = bytes.subarray(offset, offset + CAPACITY - this.#end);
      this.#buffer.set(part, this.#end);
      this.#end += part.length;
      offset += part.length;
      this.#scan(frames, false);
    }
    this.#lastByteAt = this.#now();
    return frames;
  }

  /** Gives up what is held when the line has been silent for too long. Call it while waiting for a frame. */
  expire(): Frame[] {
    const frames: Frame[] = [];
    if (this.held > 0 && this.#now() - this.#lastByteAt > this.#interByteMs) this.#scan(frames, true);
    return frames;
  }

  /** Forgets what is held. @returns how many bytes that were */
  reset(): number {
    const dropped = this.held;
    this.counters.garbage += dropped;
    this.#start = this.#end;
    return dropped;
  }

  /** @param silent no more bytes will complete what is held */
  #scan(frames: Frame[], silent: boolean): void {
    while (this.#start < this.#end) {
      const total = this.#frameBytes();
      if (total !== null && this.held >= total) {
        const frame = this.#buffer.subarray(this.#start, this.#start + total);
        if (checksum(frame.subarray(PREAMBLE.length)) === 0) {
          frames.push(parseResponse(frame));
          this.#start += total;
          continue;
        }
        this.counters.badChecksum += 1;
      } else if (total !== null) {
        if (!silent) return;
        if (this.held >= HEADER_BYTES) this.counters.partial += 1;
      }
      this.#start += 1;
      this.counters.garbage += 1;
    }
  }

  /** Length of the frame that may begin here, at least a header; null when none can. */
  #frameBytes(): number | null {
    for (const [index, expected] of PREAMBLE.entries()) {
      if (index >= this.held) return HEADER_BYTES;
      if (this.#buffer[this.#start + index] !== expected) return null;
    }
    if (this.held < HEADER_BYTES) return HEADER_BYTES;
    const length = ((this.#buffer[this.#start + 5] ?? 0) << 8) | (this.#buffer[this.#start + 6] ?? 0);
    return length >= MIN_RESPONSE_LENGTH && length <= MAX_RESPONSE_LENGTH ? HEADER_BYTES + length : null;
  }
}
