import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CaseSummary } from '../../contract/rpc.ts';
import type { CaseFile } from '../../domain/case/types.ts';
import { type Failure, toFailure } from '../app/failure.ts';
import type { RpcClient } from '../rpc/client.ts';

export interface OpenCase {
  record: CaseFile;
  summary: CaseSummary | null;
}

export interface CasesState {
  rows: CaseSummary[] | null;
  total: number;
  failure: Failure | null;
  filter: 'open' | 'all';
  current: OpenCase | null;
  load(): Promise<void>;
  setFilter(filter: 'open' | 'all'): void;
  open(id: string): Promise<boolean>;
  /** Reads the open case again; does nothing when the clerk has gone on to another one meanwhile. */
  refresh(id: string): Promise<void>;
  /** Shows a case that was just accepted, before its summary arrives. */
  show(record: CaseFile): void;
  close(): void;
}

export type CasesStore = StoreApi<CasesState>;

const LIMIT = 200;

export function createCases(client: RpcClient): CasesStore {
  const store = createStore<CasesState>()((set, get) => ({
    rows: null,
    total: 0,
    failure: null,
    filter: 'open',
    current: null,
    async load() {
      try {
        const { rows, total } = await client.call('case.search', { text: '', limit: LIMIT });
        set({ rows, total, failure: null });
      } catch (error) {
        set({ failure: toFailure(error) });
      }
    },
    setFilter: (filter) => set({ filter }),
    async open(id) {
      try {
        set({ current: await client.call('case.get', { id }), failure: null });
        return true;
      } catch (error) {
        set({ failure: toFailure(error) });
        return false;
      }
    },
    async refresh(id) {
      const isOpen = (): boolean => get().current?.record.id === id;
      if (!isOpen()) return;
      try {
        const fresh = await client.call('case.get', { id });
        if (isOpen()) set({ current: fresh, failure: null });
      } catch {
        // What is shown stays; the next change asks again.
      }
    },
    show(record) {
      set({ current: { record, summary: null } });
      void get().refresh(record.id);
    },
    close: () => set({ current: null }),
  }));
  client.on('cases.changed', ({ ids }) => {
    const { load, refresh } = store.getState();
    void load();
    for (const id of ids) void refresh(id);
  });
  return store;
}

/**
 * The left column: 在办 is what this terminal accepted today, 全部 is everything this terminal knows, newest first.
 * @param dayOf local day of an instant
 */
export function rowsFor(
  rows: readonly CaseSummary[],
  filter: 'open' | 'all',
  terminal: string,
  today: string,
  dayOf: (iso: string) => string,
): CaseSummary[] {
  if (filter === 'all') return [...rows];
  return rows.filter((row) => row.window === terminal && dayOf(row.acceptedAt) === today);
}
