import { ERRORS, type Lock, type Locker, type RequestRelease } from '@tus/server';

/** Whoever holds an upload has been asked to leave it; longer is waited for nobody, ms. */
const WAIT_MS = 30_000;

interface Held {
  requestRelease: RequestRelease;
  waiting: Turn[];
}

interface Turn {
  requestRelease: RequestRelease;
  begin: () => void;
}

/**
 * One request at a time for each upload, in the order in which they came; the one before is asked to leave, for its terminal
 * may be gone without a word. The lock of the package asks again at every turn of the event loop until then: one dead line
 * kept a processor of the centre busy for seconds.
 */
export class UploadLocks implements Locker {
  readonly #held = new Map<string, Held>();

  newLock(id: string): Lock {
    return {
      lock: (signal, requestRelease) => this.#lock(id, signal, requestRelease),
      unlock: async () => this.#unlock(id),
    };
  }

  async #lock(id: string, signal: AbortSignal, requestRelease: RequestRelease): Promise<void> {
    const held = this.#held.get(id);
    if (!held) {
      this.#held.set(id, { requestRelease, waiting: [] });
      return;
    }
    if (signal.aborted) throw ERRORS.ABORTED;
    await new Promise<void>((resolve, reject) => {
      const leave = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', giveUp);
      };
      const turn: Turn = {
        requestRelease,
        begin: () => {
          leave();
          resolve();
        },
      };
      const giveUp = () => {
        leave();
        held.waiting = held.waiting.filter((each) => each !== turn);
        reject(ERRORS.ERR_LOCK_TIMEOUT);
      };
      const timer = setTimeout(giveUp, WAIT_MS);
      signal.addEventListener('abort', giveUp, { once: true });
      held.waiting.push(turn);
      void held.requestRelease();
    });
  }

  #unlock(id: string): void {
    const held = this.#held.get(id);
    const next = held?.waiting.shift();
    if (!held || !next) {
      this.#held.delete(id);
      return;
    }
    held.requestRelease = next.requestRelease;
    next.begin();
    if (held.waiting.length > 0) void held.requestRelease();
  }
}
