import { createStore, type StoreApi } from 'zustand/vanilla';
import { ERRORS } from '../../contract/errors.ts';
import type { TerminalInfo } from '../../contract/rpc.ts';
import type { RpcClient } from '../rpc/client.ts';
import { type Failure, toFailure } from './failure.ts';

export interface SessionState {
  /** Null until the first hello was answered. */
  info: TerminalInfo | null;
  /** The clerk left: the screen is covered, and the service answers nothing more until the password came again. */
  locked: boolean;
  busy: boolean;
  failure: Failure | null;
  refresh(): Promise<void>;
  login(number: string, password: string): Promise<boolean>;
  /** Asks for the password of whoever is signed in; drafts stay. */
  unlock(password: string): Promise<boolean>;
  lock(): void;
  logout(): Promise<void>;
  /** The service no longer knows us: back to the login page, the form stays. */
  forget(why?: Failure): void;
  /** The clerk moved or typed. */
  noteSign(): void;
}

export type SessionStore = StoreApi<SessionState>;

/** Refusals that say that there is no session any more. */
const GONE = ['not-signed-in', 'session-locked', 'session-expired', 'session-taken'];

/** Longer than a draft waits to be kept: what was typed last is safe before the service stops listening. */
const LOCK_DELAY_MS = 1500;

export function createSession(client: RpcClient): SessionStore {
  let locking: ReturnType<typeof setTimeout> | null = null;
  const store = createStore<SessionState>()((set, get) => {
    async function signIn(number: string, password: string): Promise<boolean> {
      if (get().busy) return false;
      if (locking) clearTimeout(locking);
      set({ busy: true, failure: null });
      try {
        const staff = await client.call('session.login', { number, password });
        const { info } = get();
        set({ busy: false, locked: false, info: info ? { ...info, staff } : null });
        get().noteSign();
        return true;
      } catch (error) {
        set({ busy: false, failure: toFailure(error) });
        return false;
      }
    }

    return {
      info: null,
      locked: false,
      busy: false,
      failure: null,
      async refresh() {
        const info = await client.call('session.hello', {});
        const before = get();
        // Locking ended the session: whose page it is, is known here only.
        const stays = before.locked && info.staff === null;
        set({ info: stays ? { ...info, staff: before.info?.staff ?? null } : info, locked: stays });
      },
      login: (number, password) => signIn(number.trim(), password),
      unlock(password) {
        const number = get().info?.staff?.number;
        return number === undefined ? Promise.resolve(false) : signIn(number, password);
      },
      lock() {
        if (!get().info?.staff || get().locked) return;
        set({ locked: true, failure: null });
        locking = setTimeout(() => void client.call('session.lock', {}).catch(() => undefined), LOCK_DELAY_MS);
      },
      async logout() {
        try {
          await client.call('session.logout', {});
        } catch (error) {
          if (!GONE.includes(toFailure(error).code)) {
            set({ failure: toFailure(error) });
            return;
          }
        }
        get().forget();
      },
      forget(why) {
        if (locking) clearTimeout(locking);
        const { info } = get();
        set({ info: info ? { ...info, staff: null } : null, locked: false, failure: why ?? null });
      },
      noteSign() {
        const { info, locked } = get();
        if (info?.staff && !locked) void client.call('session.ping', {}).catch(() => undefined);
      },
    };
  });
  client.on('session.ended', ({ code }) => {
    const { lock, forget } = store.getState();
    if (code === 'session-locked') lock();
    else forget({ code, message: ERRORS[code], details: null });
  });
  return store;
}
