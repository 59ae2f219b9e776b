import type { FrameFinder } from './requestLine.ts';

export interface FrameRule<F> {
  /**
   * Bytes of the frame that begins at the start of `bytes`; null when none can begin there, 'more' while that cannot be
   * told yet.
   */
  measure(bytes: Uint8Array): number | 'more' | null;
  /** @returns null when the checksum is wrong */
  parse(frame: Uint8Array): F | null;
}

/**
 * Finds frames whose length is told by their beginning. When the checksum is wrong or the line fell silent it slides by
 * ONE byte from the failed beginning and searches again, so a frame behind noise is not lost with it (devices.md §6.3).
 * Holds less than one frame.
 */
export class SlidingFinder<F> implements FrameFinder<F> {
  readonly #rule: FrameRule<F>;
  #rest: Uint8Array = new Uint8Array();

  constructor(rule: FrameRule<F>) {
    this.#rule = rule;
  }

  get held(): number {
    return this.#rest.length;
  }

  push(bytes: Uint8Array): F[] {
    const joined = new Uint8Array(this.#rest.length + bytes.length);
    joined.set(this.#rest);
    joined.set(bytes, this.#rest.length);
    return this.#scan(joined, false);
  }

  expire(): F[] {
    return this.#scan(this.#rest, true);
  }

  reset(): number {
    const dropped = this.#rest.length;
    this.#rest = new Uint8Array();
    return dropped;
  }

  /** @param silent no more bytes will complete what is held */
  #scan(bytes: Uint8Array, silent: boolean): F[] {
    const frames: F[] = [];
    let at = 0;
    while (at < bytes.length) {
      const open = bytes.subarray(at);
      const length = this.#rule.measure(open);
      const incomplete = length === 'more' || (length !== null && length > open.length);
      if (incomplete && !silent) break;
      const frame = incomplete || length === null ? null : this.#rule.parse(open.slice(0, length));
      if (frame !== null && typeof length === 'number') {
        frames.push(frame);
        at += length;
      } else at += 1;
    }
    this.#rest = bytes.slice(at);
    return frames;
  }
}
