import { createStore, type StoreApi } from 'zustand/vanilla';
import type { MethodInput, MethodOutput } from '../../contract/rpc.ts';
import type { CaseFile } from '../../domain/case/types.ts';
import { type Failure, toFailure } from '../app/failure.ts';
import type { RpcClient } from '../rpc/client.ts';

export type Advance = MethodInput<'case.act'>['advance'];
type Note = MethodInput<'case.note'>;

export interface ActsState {
  busy: boolean;
  failure: Failure | null;
  /** @returns the case after the step, or null: `failure` says why, nothing was changed */
  act(record: CaseFile, advance: Advance): Promise<MethodOutput<'case.act'> | null>;
  refuse(input: MethodInput<'case.refuse'>): Promise<CaseFile | null>;
  note(note: Note): Promise<boolean>;
  unmask(caseId: string, reason: string): Promise<boolean>;
  clear(): void;
}

export type ActsStore = StoreApi<ActsState>;

/** What the clerk does with a case. One at a time; the same step sent again after a lost answer is the same command. */
export function createActs(client: RpcClient, uuid: () => string): ActsStore {
  const commands = new Map<string, string>();
  return createStore<ActsState>()((set, get) => {
    async function once<T>(work: () => Promise<T>): Promise<T | null> {
      if (get().busy) return null;
      set({ busy: true, failure: null });
      try {
        const value = await work();
        set({ busy: false });
        return value;
      } catch (error) {
        set({ busy: false, failure: toFailure(error) });
        return null;
      }
    }

    return {
      busy: false,
      failure: null,
      act: ({ id, version }, advance) =>
        once(async () => {
          const key = JSON.stringify([id, version, advance]);
          const commandId = commands.get(key) ?? uuid();
          commands.set(key, commandId);
          const answer = await client.call('case.act', { commandId, caseId: id, baseVersion: version, advance });
          commands.delete(key);
          return answer;
        }),
      refuse: (input) => once(() => client.call('case.refuse', input)),
      note: async (note) => (await once(() => client.call('case.note', note))) !== null,
      unmask: async (caseId, reason) => (await once(() => client.call('case.unmask', { caseId, reason }))) !== null,
      clear: () => set({ failure: null }),
    };
  });
}
