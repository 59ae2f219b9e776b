/** Everything that is left to chance in one run comes from here: the same seed gives the same run. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  /** @param name another stream of the same seed: what one part draws does not shift what another gets */
  constructor(seed: number, name = '') {
    let hash = 2166136261 ^ seed;
    for (const char of `${seed}/${name}`) hash = Math.imul(hash ^ char.charCodeAt(0), 16777619);
    this.#a = hash;
    this.#b = Math.imul(hash, 0x9e3779b1);
    this.#c = seed;
    this.#d = 1;
    for (let turn = 0; turn < 12; turn++) this.next();
  }

  /** In [0, 1). sfc32, by Chris Doty-Humphrey; public domain. */
  next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    return (sum >>> 0) / 4294967296;
  }

  /** In [from, to), whole. */
  int(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.int(0, items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.int(0, 256)));
  }
}
