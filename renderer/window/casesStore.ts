import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CaseSummary, MethodOutput } from '../../contract/rpc.ts';
import type { CaseFile } from '../../domain/case/types.ts';
import { WINDOW_GROUPS, type WindowGroup, windowGroupOf } from '../../domain/case/windowGroup.ts';
import { type Failure, toFailure } from '../app/failure.ts';
import type { RpcClient } from '../rpc/client.ts';

export type Note = MethodOutput<'case.get'>['notes'][number];

export interface OpenCase {
  record: CaseFile;
  summary: CaseSummary | null;
  notes: Note[];
}

export interface CasesState {
  /** This window's own: under way, and ended today. */
  mine: CaseSummary[] | null;
  /** The newest this terminal knows, of every window. */
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
  /** Shows a case that was just changed, before the rest of it arrives. */
  show(record: CaseFile, summary?: CaseSummary | null): void;
  close(): void;
}

export type CasesStore = StoreApi<CasesState>;

const LIMIT = 200;

export function createCases(client: RpcClient): CasesStore {
  const store = createStore<CasesState>()((set, get) => ({
    mine: null,
    rows: null,
    total: 0,
    failure: null,
    filter: 'open',
    current: null,
    async load() {
      try {
        if (get().filter === 'open') set({ mine: (await client.call('case.mine', {})).rows, failure: null });
        else set({ ...(await client.call('case.search', { text: '', limit: LIMIT })), failure: null });
      } catch (error) {
        set({ failure: toFailure(error) });
      }
    },
    setFilter(filter) {
      set({ filter });
      void get().load();
    },
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
    show(record, summary = null) {
      const before = get().current;
      set({ current: { record, summary, notes: before?.record.id === record.id ? before.notes : [] } });
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
 * The left column: what is due first stands on top of its group, of what ended the newest. Groups in their fixed order,
 * empty ones left out.
 */
export function groupRows(rows: readonly CaseSummary[]): { group: WindowGroup; rows: CaseSummary[] }[] {
  const dueOf = (row: CaseSummary): string => row.times?.dueAt ?? row.acceptedAt;
  return WINDOW_GROUPS.map((group) => {
    const own = rows.filter((row) => windowGroupOf(row.stateCode) === group);
    own.sort(
      group === 'closed'
        ? (a, b) => b.acceptedAt.localeCompare(a.acceptedAt)
        : (a, b) => dueOf(a).localeCompare(dueOf(b)) || a.number.localeCompare(b.number),
    );
    return { group, rows: own };
  }).filter((each) => each.rows.length > 0);
}
