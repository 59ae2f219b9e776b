import { createStore, type StoreApi } from 'zustand/vanilla';
import type { TerminalInfo } from '../../contract/rpc.ts';
import type { RpcClient } from '../rpc/client.ts';
import { type Failure, toFailure } from './failure.ts';

export interface SessionState {
  /** Null until the first hello was answered. */
  info: TerminalInfo | null;
  /** The session lives, the screen is covered: the clerk left. */
  locked: boolean;
  busy: boolean;
  failure: Failure | null;
  refresh(): Promise<void>;
  login(number: string, password: string): Promise<boolean>;
  /** Asks for the password of whoever is signed in; drafts stay. */
  unlock(password: string): Promise<boolean>;
  lock(): void;
  logout(): Promise<void>;
  /** The service no longer knows us (restart, idle): back to the login page, the form stays. */
  forget(): void;
}

export type SessionStore = StoreApi<SessionState>;

export function createSession(client: RpcClient): SessionStore {
  return createStore<SessionState>()((set, get) => {
    async function signIn(number: string, password: string): Promise<boolean> {
      if (get().busy) return false;
      set({ busy: true, failure: null });
      try {
        const staff = await client.call('session.login', { number, password });
        const { info } = get();
        set({ busy: false, locked: false, info: info ? { ...info, staff } : null });
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
        set({ info, locked: get().locked && info.staff !== null });
      },
      login: (number, password) => signIn(number.trim(), password),
      unlock(password) {
        const number = get().info?.staff?.number;
        return number === undefined ? Promise.resolve(false) : signIn(number, password);
      },
      lock() {
        if (get().info?.staff) set({ locked: true, failure: null });
      },
      async logout() {
        try {
          await client.call('session.logout', {});
        } catch (error) {
          if (toFailure(error).code !== 'not-signed-in') {
            set({ failure: toFailure(error) });
            return;
          }
        }
        get().forget();
      },
      forget() {
        const { info } = get();
        set({ info: info ? { ...info, staff: null } : null, locked: false, failure: null });
      },
    };
  });
}
