import { YichuangError } from '../contract/errors.ts';
import type { LocalState } from '../db/localState.ts';

const MAX_FAILURES = 5;
const LOCK_MS = 30 * 60_000;

/** Five wrong passwords lock an account here for 30 minutes (domain.md §7.2), across restarts. */
export class LoginFailures {
  readonly #local: LocalState;
  readonly #now: () => number;
  /** The newest attempt for each number: attempts of one number wait for each other, or many at once would all be the first. */
  readonly #queue = new Map<string, Promise<unknown>>();

  constructor(local: LocalState, now: () => number) {
    this.#local = local;
    this.#now = now;
  }

  /**
   * Runs one attempt to sign in.
   * @param verify null when number or password are wrong
   * @throws YichuangError `login-locked` without an attempt, `login-failed`
   */
  async guard<T>(number: string, verify: () => Promise<T | null>): Promise<T> {
    const before = this.#queue.get(number) ?? Promise.resolve();
    const attempt = before.then(
      () => this.#attempt(number, verify),
      () => this.#attempt(number, verify),
    );
    this.#queue.set(number, attempt);
    try {
      return await attempt;
    } finally {
      if (this.#queue.get(number) === attempt) this.#queue.delete(number);
    }
  }

  async #attempt<T>(number: string, verify: () => Promise<T | null>): Promise<T> {
    const { lockedUntil } = this.#local.loginFailures(number);
    if (lockedUntil !== null && Date.parse(lockedUntil) > this.#now()) throw new YichuangError('login-locked');
    const found = await verify();
    if (found === null) {
      this.#noteFailure(number);
      throw new YichuangError('login-failed');
    }
    this.#local.clearLoginFailures(number);
    return found;
  }

  #noteFailure(number: string): void {
    const { failures, lockedUntil } = this.#local.loginFailures(number);
    const count = lockedUntil === null ? failures + 1 : 1;
    const until = count >= MAX_FAILURES ? new Date(this.#now() + LOCK_MS).toISOString() : null;
    this.#local.recordLoginFailure(number, count, until);
  }
}
