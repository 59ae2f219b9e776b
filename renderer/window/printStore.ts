import { createStore, type StoreApi } from 'zustand/vanilla';
import type { TicketSlip } from '../../domain/slip/ticketSlips.ts';
import { type Failure, toFailure } from '../app/failure.ts';
import type { RpcClient } from '../rpc/client.ts';

/** The three facts of a print: kept, sent, confirmed by the device (users.md §A 3). */
export type PrintState =
  | { step: 'none' }
  | { step: 'printing'; caseId: string; slip: TicketSlip }
  | {
      step: 'done';
      caseId: string;
      slip: TicketSlip;
      print: number;
      confirmation: 'device' | 'sent';
      unprintable: string[];
    }
  | { step: 'failed'; caseId: string; slip: TicketSlip; failure: Failure };

export interface PrintStoreState {
  print: PrintState;
  /**
   * One print at a time: a second press for the same slip does nothing (users.md §A 16), another one waits its turn.
   * @returns whether the slip came out, as far as the printer can tell
   */
  start(caseId: string, slip?: TicketSlip): Promise<boolean>;
}

export type PrintStore = StoreApi<PrintStoreState>;

export function createPrint(client: RpcClient): PrintStore {
  const wanted = new Map<string, Promise<boolean>>();
  let last: Promise<unknown> = Promise.resolve();
  return createStore<PrintStoreState>()((set) => {
    async function print(caseId: string, slip: TicketSlip): Promise<boolean> {
      set({ print: { step: 'printing', caseId, slip } });
      try {
        const result = await client.call('slips.print', { caseId, slip });
        set({ print: { step: 'done', caseId, slip, ...result } });
        return true;
      } catch (error) {
        set({ print: { step: 'failed', caseId, slip, failure: toFailure(error) } });
        return false;
      } finally {
        wanted.delete(`${slip} ${caseId}`);
      }
    }

    return {
      print: { step: 'none' },
      start(caseId, slip = 'acceptance') {
        const key = `${slip} ${caseId}`;
        const running = wanted.get(key);
        if (running) return running;
        const next = last.then(() => print(caseId, slip));
        last = next;
        wanted.set(key, next);
        return next;
      },
    };
  });
}
