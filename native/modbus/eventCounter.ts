const WRAP = 0x10000;
/** Nobody presses faster, and polls may be late by this much. */
const PRESSES_PER_SECOND = 20;
const SLACK = 20;

/**
 * Presses out of a counter that wraps at 65,536 and begins at 0 when the device is switched on. Polls and answers may be
 * lost: the difference says how many presses there were, so none is lost and none counted twice (devices.md §4.1).
 */
export class EventCounter {
  #last: number | null = null;
  #lastAt = 0;

  /**
   * @param value of the device, 0–65,535
   * @param atMs of the answer, monotonic
   * @returns presses since the value before; 0 for the first, which is only where counting begins
   */
  advance(value: number, atMs: number): number {
    const last = this.#last;
    const possible = SLACK + ((atMs - this.#lastAt) * PRESSES_PER_SECOND) / 1000;
    this.#last = value;
    this.#lastAt = atMs;
    if (last === null) return 0;
    const presses = (value - last + WRAP) % WRAP;
    if (presses <= possible) return presses;
    // No hand did that: the device began anew, and what it counts now was pressed since.
    return value <= possible ? value : 0;
  }
}
