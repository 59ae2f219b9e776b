import { YichuangError } from '../../contract/errors.ts';

const MAX_FAILURES = 10;
const WINDOW_MS = 10 * 60_000;
/** Above this many addresses those without a recent failure are forgotten. */
const MANY = 1000;

interface Tries {
  /** Times of failures, oldest first. */
  failures: number[];
  underWay: number;
}

/**
 * Ten failures to sign in from one address within ten minutes, and it waits: the lock of one account does not stop
 * somebody who tries one password on many accounts. Attempts under way count as failures until they are not.
 */
export class LoginLimiter {
  readonly #now: () => number;
  readonly #tries = new Map<string, Tries>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * @param isFailure whether this error of `attempt` is a wrong number or password
   * @throws YichuangError `login-throttled` without an attempt, or what `attempt` throws
   */
  async guard<T>(address: string, attempt: () => Promise<T>, isFailure: (error: unknown) => boolean): Promise<T> {
    const tries = this.#of(address);
    if (tries.failures.length + tries.underWay >= MAX_FAILURES) throw new YichuangError('login-throttled');
    tries.underWay += 1;
    try {
      return await attempt();
    } catch (error) {
      if (isFailure(error)) tries.failures.push(this.#now());
      throw error;
    } finally {
      tries.underWay -= 1;
    }
  }

  #of(address: string): Tries {
    if (this.#tries.size >= MANY) {
      for (const [each, tries] of this.#tries) if (this.#isForgotten(tries)) this.#tries.delete(each);
    }
    const tries = this.#tries.get(address) ?? { failures: [], underWay: 0 };
    this.#tries.set(address, tries);
    this.#isForgotten(tries);
    return tries;
  }

  #isForgotten(tries: Tries): boolean {
    const since = this.#now() - WINDOW_MS;
    tries.failures = tries.failures.filter((at) => at > since);
    return tries.failures.length + tries.underWay === 0;
  }
}
