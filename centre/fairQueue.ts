interface Lane<T> {
  entries: { weight: number; value: T }[];
  /** Entries before this one are taken. */
  next: number;
  weight: number;
}

/**
 * Items of many senders, taken in turn: one of each lane, and again from the first. A lane alone is a plain queue; of a
 * lane in which much waits the others notice no more than one of its items before each of theirs.
 */
export class FairQueue<T> {
  /** In the order of their turns; none is empty. */
  readonly #lanes = new Map<string, Lane<T>>();
  #weight = 0;

  get isEmpty(): boolean {
    return this.#lanes.size === 0;
  }

  /** Of all that waits. */
  get weight(): number {
    return this.#weight;
  }

  /**
   * Whether there is room. Where nothing waits there is, however heavy the item; and who has less than an even share is not
   * turned away because others have more, so that at most twice `max` waits altogether.
   */
  admits(name: string, weight: number, max: number): boolean {
    if (this.isEmpty || this.#weight + weight <= max) return true;
    const lane = this.#lanes.get(name);
    const share = max / (this.#lanes.size + (lane ? 0 : 1));
    return (lane?.weight ?? 0) + weight <= share;
  }

  push(name: string, weight: number, value: T): void {
    const lane = this.#lanes.get(name) ?? { entries: [], next: 0, weight: 0 };
    lane.entries.push({ weight, value });
    lane.weight += weight;
    this.#weight += weight;
    this.#lanes.set(name, lane);
  }

  /** The next items up to a weight, at least one when there is one. */
  take(maxWeight: number): T[] {
    const taken: T[] = [];
    let total = 0;
    // Lanes put back at the end are visited again.
    for (const [name, lane] of this.#lanes) {
      const entry = lane.entries[lane.next];
      if (!entry || (taken.length > 0 && total + entry.weight > maxWeight)) break;
      taken.push(entry.value);
      total += entry.weight;
      lane.next += 1;
      lane.weight -= entry.weight;
      this.#lanes.delete(name);
      if (lane.next < lane.entries.length) this.#lanes.set(name, lane);
    }
    this.#weight -= total;
    return taken;
  }
}
