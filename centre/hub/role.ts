import type { HubRole } from '../store/hubTypes.ts';
import type { CentreStore } from '../store/types.ts';

/**
 * Whether this hub decides in its hall. Kept in the data, and here, so that a decision under the write lock can ask: what
 * was heard a moment ago counts for the next one.
 */
export class HubRoles {
  readonly #store: CentreStore;
  #role: HubRole | null;
  /** It has taken over, and does not decide yet. */
  #isReadingRest = false;
  /** Somebody else has taken over. */
  onDemoted: () => void = () => {};

  constructor(store: CentreStore) {
    this.#store = store;
    this.#role = store.hubRole();
    this.lookForTakeOver();
  }

  /** Null: there is no other hub beside this. */
  get fence(): number | null {
    return this.#role?.fence ?? null;
  }

  isActive(): boolean {
    return this.#role?.role !== 'standby' && !this.#isReadingRest;
  }

  /** From now on there may be another hub, to which a take-over may go. */
  join(role: HubRole['role'], peer: string | null): void {
    this.#store.joinHub(role, peer);
    this.#role = this.#store.hubRole();
  }

  /** A fence from anywhere: with a higher one than ours somebody else decides, and this is the standby. */
  hear(fence: number): void {
    const role = this.#role;
    if (!role || fence <= role.fence) return;
    const wasActive = this.isActive();
    this.#role = { role: 'standby', fence };
    this.#store.saveHubRole(this.#role);
    if (wasActive) this.onDemoted();
  }

  /** A take-over may have come by the log, a scope of the centre, or a transaction of our own. */
  lookForTakeOver(): void {
    if (this.#role) this.hear(this.#store.highestTakeOver());
  }

  /** Another command of this process may have written the role. */
  reload(): void {
    this.#role = this.#store.hubRole();
  }

  /**
   * After the transaction that made this hub the active one. It decides nothing before `rest` has ended: what the other one
   * decided last is to be known here first.
   */
  async becomeActive(rest: () => Promise<unknown>): Promise<void> {
    this.#isReadingRest = true;
    this.reload();
    try {
      await rest();
    } finally {
      this.#isReadingRest = false;
    }
  }
}
