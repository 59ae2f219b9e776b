/** A source of chance that gives the same on every run. */
export interface Chance {
  /** From 0 (included) to 1. */
  next(): number;
  /** Whole, both ends included. */
  between(low: number, high: number): number;
  pick<T>(list: readonly T[]): T;
  /** By their weights. */
  weighed<T>(list: readonly (readonly [T, number])[]): T;
}

export function chanceFrom(seed: number): Chance {
  const next = randomFrom(seed);
  const pick = <T>(list: readonly T[]): T => {
    const picked = list[Math.floor(next() * list.length)];
    if (picked === undefined) throw new RangeError('nothing to pick from');
    return picked;
  };
  return {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick,
    weighed(list) {
      let left = next() * list.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [each, weight] of list) {
        left -= weight;
        if (left < 0) return each;
      }
      return pick(list)[0];
    },
  };
}

/** @returns numbers from 0 (included) to 1, the same on every run */
export function randomFrom(seed: number): () => number {
  return mulberry32(seed * 0x9e3779b9);
}

/** Small, and even enough; seeds that lie close together begin alike, which is why `randomFrom` spreads them. */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
