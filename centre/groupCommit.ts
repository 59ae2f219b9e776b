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
      this.#running ??= this.#run();
    });
  }

  /** Resolves when nothing waits any more. */
  async drain(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    try {
      while (!this.#waiting.isEmpty) {
        // After the requests that already lie in the sockets have been read.
        await new Promise((resolve) => setImmediate(resolve));
        await this.#commitGroup(this.#waiting.take(this.#options.maxGroup));
      }
    } finally {
      this.#running = null;
    }
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
