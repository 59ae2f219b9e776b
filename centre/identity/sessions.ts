import { randomBytes } from 'node:crypto';

/** Requests travel side by side and overtake each other; further behind than this one is refused. */
const WINDOW = 1024;
/** Of one device: the terminal's lines to records and images, and one that was lost. */
const MAX_OF_DEVICE = 4;

interface Session {
  device: string;
  highest: number;
  /** Numbers used, at their remainder by the window. */
  used: Int32Array;
}

/**
 * Sessions for which devices sign their requests, in memory alone: with a restart all are over, and so is whatever was
 * recorded of them. No clock is asked; those of terminals may be wrong.
 */
export class Sessions {
  readonly #byId = new Map<string, Session>();
  readonly #ofDevice = new Map<string, string[]>();

  open(device: string): string {
    const id = randomBytes(16).toString('base64url');
    const known = this.#ofDevice.get(device) ?? [];
    if (known.length >= MAX_OF_DEVICE) this.#byId.delete(known.shift() ?? '');
    this.#ofDevice.set(device, [...known, id]);
    this.#byId.set(id, { device, highest: 0, used: new Int32Array(0) });
    return id;
  }

  /** Uses up a number of a session. @returns false when the session is over, or the number was used or is too old */
  use(device: string, id: string, counter: number): boolean {
    const session = this.#byId.get(id);
    if (session?.device !== device || counter < 1 || counter > 0x7fffffff) return false;
    // Most terminals never have two under way, and there may be many thousand of them.
    if (session.used.length === 0) {
      if (counter === session.highest + 1) {
        session.highest = counter;
        return true;
      }
      if (counter <= session.highest) return false;
      session.used = new Int32Array(WINDOW);
      for (let n = Math.max(1, session.highest - WINDOW + 1); n <= session.highest; n++) session.used[n % WINDOW] = n;
    }
    if (counter <= session.highest - WINDOW || session.used[counter % WINDOW] === counter) return false;
    session.used[counter % WINDOW] = counter;
    session.highest = Math.max(session.highest, counter);
    return true;
  }

  /** Nothing signed by this device counts any more. */
  end(device: string): void {
    for (const id of this.#ofDevice.get(device) ?? []) this.#byId.delete(id);
    this.#ofDevice.delete(device);
  }
}
