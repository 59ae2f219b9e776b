import { uuidToBlob } from '../db/ids.ts';
import { readMeta, removeMeta, writeMeta } from '../db/meta.ts';
import type { Store } from '../db/store.ts';
import { CentreError } from './centreError.ts';

/** An old copy can be put in place once before a start; whoever finds more than this while it runs is not alone. */
const MOST_EPOCHS = 2;

/**
 * Two machines at work with copies of the same data overtake each other with every op: each goes on under a new epoch, for
 * ever, and each time leaves out numbers. So whoever is overtaken for the third time in one life of its program steps aside
 * for good: what it has stays on it, and the other one goes on. A person puts one of the two away; a new code
 * (`yichuang enrol`) makes this machine the one that is known, and the other one nobody.
 */
export class CopyWatch {
  readonly #store: Store;
  #begun = 0;
  /** The epoch under which somebody else was met. */
  #metIn: number | null = null;

  constructor(store: Store) {
    this.#store = store;
  }

  get isAside(): boolean {
    return readMeta(this.#store.db, 'copied-at-epoch') !== null;
  }

  /** The newest epoch, this or a later one, in which ops of this machine were met that it has not written; or null. */
  get overtakenIn(): number | null {
    const { db, ledger } = this.#store;
    const newest = db.prepare('SELECT max(epoch) FROM op WHERE device = ? AND epoch > ?').pluck();
    const pulled = newest.get(uuidToBlob(ledger.device), ledger.epoch) as number | null;
    return pulled ?? (this.#metIn === ledger.epoch ? ledger.epoch : null);
  }

  /** Under the present epoch somebody else writes, too: what he wrote cannot be taken before another one has begun. */
  noteMet(): void {
    this.#metIn = this.#store.ledger.epoch;
  }

  /** @throws CentreError when this machine has stepped aside */
  check(): void {
    if (this.isAside) throw new CentreError('refused', 'a copy of these data is at work', { isCopied: true });
  }

  /** Somebody else has written as this machine. @throws CentreError when it steps aside */
  noteOvertaken(): void {
    this.#begun += 1;
    if (this.#begun > MOST_EPOCHS) writeMeta(this.#store.db, 'copied-at-epoch', String(this.#store.ledger.epoch));
    this.check();
  }

  /** Enrolled anew: from here on this machine is the one that is known. */
  forget(): void {
    this.#begun = 0;
    removeMeta(this.#store.db, 'copied-at-epoch');
  }
}
