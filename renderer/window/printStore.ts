import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Failure, toFailure } from '../app/failure.ts';
import type { RpcClient } from '../rpc/client.ts';

/** The three facts of a print: kept, sent, confirmed by the device (users.md §A 3). */
export type PrintState =
  | { step: 'none' }
  | { step: 'printing'; caseId: string }
  | { step: 'done'; caseId: string; print: number; confirmation: 'device' | 'sent'; unprintable: string[] }
  | { step: 'failed'; caseId: string; failure: Failure };

export interface PrintStoreState {
  print: PrintState;
  /**
   * One print at a time: a second press for the same case does nothing (users.md §A 16), another case waits its turn.
   */
  start(caseId: string): Promise<void>;
}

export type PrintStore = StoreApi<PrintStoreState>;

export function createPrint(client: RpcClient): PrintStore {
  const wanted = new Map<string, Promise<void>>();
  let last: Promise<void> = Promise.resolve();
  return createStore<PrintStoreState>()((set) => {
    async function print(caseId: string): Promise<void> {
      set({ print: { step: 'printing', caseId } });
      try {
        const result = await client.call('slips.print', { caseId, slip: 'acceptance' });
        set({ print: { step: 'done', caseId, ...result } });
      } catch (error) {
        set({ print: { step: 'failed', caseId, failure: toFailure(error) } });
      }
      wanted.delete(caseId);
    }

    return {
      print: { step: 'none' },
      start(caseId) {
        const running = wanted.get(caseId);
        if (running) return running;
        last = last.then(() => print(caseId));
        wanted.set(caseId, last);
        return last;
      },
    };
  });
}
