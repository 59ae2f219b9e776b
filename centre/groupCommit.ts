import { FairQueue } from './fairQueue.ts';

/** Too much waits already; nothing of the new item was looked at. */
export class OverloadedError extends Error {
  override name = 'OverloadedError';
}

export interface GroupCommitOptions<Item, Answer> {
  /**
   * Commits a group in one durable transaction and answers each item in its place. When it throws, nothing of the group
   * was stored.
   */
  commit: (items: readonly Item[]) => Promise<readonly Answer[]>;
  /** Whether a failed group may be tried again item by item, to find the one that made it fail. */
  isWorthSplitting: (error: unknown) => boolean;
  /** Size of an item in the unit of `maxGroup` and `maxWaiting`. */
  weigh: (item: Item) => number;
  /** Whose item it is: of whom much waits, others do not wait behind it. Default: everybody's alike. */
  laneOf?: (item: Item) => string;
  /** A group is closed once it weighs this much: it bounds how long one commit keeps everyone else waiting. */
  maxGroup: number;
  /** Of all lanes together. A lane with less than its even share is let in all the same. */
  maxWaiting: number;
}

/** With so much in a group a commit is a small part of what it costs, and others are examined meanwhile. */
const WORTH_A_COMMIT = 32;

interface Waiting<Item, Answer> {
  item: Item;
  weight: number;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

/**
 * Items that arrive while one commit is on its way to the disk share the next: 18 windows that save at once cost one
 * fsync, and an item alone waits for nobody. An answer is given only after COMMIT.
 */
export class GroupCommit<Item, Answer> {
  readonly #options: GroupCommitOptions<Item, Answer>;
  readonly #waiting = new FairQueue<Waiting<Item, Answer>>();
  /** What is about to be submitted. */
  readonly #coming = new Set<Promise<unknown>>();
  #onEnough: (() => void) | null = null;
  #running: Promise<void> | null = null;

  constructor(options: GroupCommitOptions<Item, Answer>) {
    this.#options = options;
  }

  /**
   * @throws OverloadedError when too much waits
   * @throws what `commit` throws for this item
   */
  submit(item: Item): Promise<Answer> {
    const { weigh, laneOf, maxWaiting } = this.#options;
    const weight = weigh(item);
    const lane = laneOf?.(item) ?? '';
    if (!this.#waiting.admits(lane, weight, maxWaiting)) {
      return Promise.reject(new OverloadedError('too many pushes wait for the disk'));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push(lane, weight, { item, weight, resolve, reject });
      if (this.#waiting.weight >= WORTH_A_COMMIT) this.#onEnough?.();
      this.#running ??= this.#run();
    });
  }

  /**
   * An item is made ready, and submitted as soon as that has ended: the next group waits for it. Without that, each of
   * those whose signatures are checked at the same time would have a commit of its own.
   * @param ready ends soon, by itself; nothing is committed before
   */
  expect<T>(ready: Promise<T>): Promise<T> {
    const come = () => void this.#coming.delete(ready);
    this.#coming.add(ready);
    ready.then(come, come);
    return ready;
  }

  /** Resolves when nothing waits any more. */
  async drain(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    try {
      while (!this.#waiting.isEmpty) {
        await this.#read();
        await this.#gather();
        await this.#commitGroup(this.#waiting.take(this.#options.maxGroup));
      }
    } finally {
      this.#running = null;
    }
  }

  /**
   * After the requests that already lie in the sockets have been read; and as long as each turn of the loop brings more, since
   * those who were answered together come again one shortly after the other.
   */
  async #read(): Promise<void> {
    let before: number;
    do {
      before = this.#waiting.weight;
      await new Promise((resolve) => setImmediate(resolve));
    } while (this.#waiting.weight > before && this.#waiting.weight < WORTH_A_COMMIT);
  }

  /** Waits for those known now, and no others: a group never waits for what came while it waited. */
  async #gather(): Promise<void> {
    if (this.#coming.size === 0 || this.#waiting.weight >= WORTH_A_COMMIT) return;
    const enough = new Promise<void>((resolve) => {
      this.#onEnough = resolve;
    });
    await Promise.race([enough, Promise.allSettled([...this.#coming])]);
    this.#onEnough = null;
  }

  async #commitGroup(group: Waiting<Item, Answer>[]): Promise<void> {
    try {
      const answers = await this.#options.commit(group.map(({ item }) => item));
      if (answers.length !== group.length) throw new Error('a commit answered for another number of items');
      for (const [index, answer] of answers.entries()) group[index]?.resolve(answer);
    } catch (error) {
      if (group.length > 1 && this.#options.isWorthSplitting(error)) {
        for (const waiting of group) await this.#commitGroup([waiting]);
        return;
      }
      for (const waiting of group) waiting.reject(error);
    }
  }
}
