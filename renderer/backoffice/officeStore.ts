import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CaseSummary, EventPayload, MethodInput, MethodOutput } from '../../contract/rpc.ts';
import type { Lane } from '../../domain/case/lanes.ts';
import type { CaseFile } from '../../domain/case/types.ts';
import { type Failure, toFailure } from '../app/failure.ts';
import type { RpcClient } from '../rpc/client.ts';
import type { PrintedCertificate } from './lanes/checkRows.ts';
import { type PrintAct, sendPrint } from './sendPrint.ts';
import { type Form, rowsShown, type TaskRow } from './workList.ts';

export type Note = MethodOutput<'case.get'>['notes'][number];
export type Linked = MethodOutput<'case.get'>['linked'][number];
export type Person = MethodOutput<'staff.list'>['people'][number];
export type LaneChange = MethodInput<'lane.act'>['change'];
export type Advance = MethodInput<'case.act'>['advance'];
export type Change = { kind: 'advance'; advance: Advance } | { kind: 'lane'; change: LaneChange };

export type Prints = MethodOutput<'certificate.jobs'>;
/** A question asked before an act. */
export type OfficeDialog =
  | 'return'
  | 'block'
  | 'skip'
  | 'T15'
  | 'T17'
  | 'T18'
  | 'T20'
  | 'T21'
  | 'T27'
  | 'T30'
  | 'T32'
  | 'T41'
  | 'spoilPrint'
  | 'unmask'
  | 'remark'
  | 'overdue';

export interface OpenTask {
  lane: Lane;
  record: CaseFile;
  summary: CaseSummary;
  notes: Note[];
  /** Of a loan: the registrations accepted for it. */
  linked: Linked[];
  /** What the certificate printer knows of the case; of printing and quality check, null when it could not be read. */
  prints: Prints | null;
  /** What stands on its certificates by the journal of the printer; nothing of what no printer recorded. */
  printed: readonly PrintedCertificate[];
}

/** How far a certificate is on its way to the printer. */
export type Progress = EventPayload<'certificate.progress'>;

export interface OfficeState {
  /** Open tasks of all lanes of the person, the one due first on top; null before the first answer. */
  rows: TaskRow[] | null;
  people: readonly Person[];
  failure: Failure | null;
  lane: Lane | null;
  filter: string;
  /** Case under the cursor of the list. */
  selected: string | null;
  open: OpenTask | null;
  /** What is typed for the open task: survives every refresh of the case, and ends with the task. */
  form: Form;
  dialog: OfficeDialog | null;
  /** What is on its way from this machine is looked at, over whatever is open. */
  outbox: boolean;
  unmasked: boolean;
  busy: boolean;
  progress: Progress | null;
  actFailure: Failure | null;
  /** What was done last, said beside the list. */
  finished: string | null;
  /** The case that `finished` speaks of, gone from the list of this lane: its papers are offered. */
  left: { caseId: string; lane: Lane } | null;
  /** Cases that share a transfer list. */
  marked: string[];
  load(): Promise<void>;
  loadPeople(): Promise<void>;
  setLane(lane: Lane): void;
  setFilter(filter: string): void;
  move(step: 1 | -1): void;
  openTask(caseId: string): Promise<boolean>;
  refresh(caseId: string): Promise<void>;
  /** @param caseId only if it is this one that is open; any by default */
  close(caseId?: string): void;
  setField(key: string, value: string): void;
  toggleMark(caseId: string): void;
  setDialog(dialog: OfficeDialog | null): void;
  /** @returns the case after the act, or null: `actFailure` says why, and nothing was changed */
  act(record: Pick<CaseFile, 'id' | 'version'>, change: Change): Promise<MethodOutput<'case.act'> | null>;
  /** @returns the case after it, or null: `actFailure` says why */
  print(record: Pick<CaseFile, 'id' | 'version'>, act: PrintAct): Promise<MethodOutput<'certificate.print'> | null>;
  note(note: MethodInput<'case.note'>): Promise<boolean>;
  unmask(caseId: string, reason: string): Promise<boolean>;
  /** Somebody else signed in, or nobody: nothing of the case stays on the page. */
  forget(): void;
}

export type OfficeStore = StoreApi<OfficeState>;

const EMPTY = {
  rows: null,
  people: [],
  failure: null,
  lane: null,
  filter: '',
  selected: null,
  open: null,
  form: {},
  dialog: null,
  outbox: false,
  unmasked: false,
  busy: false,
  progress: null,
  actFailure: null,
  marked: [],
  finished: null,
  left: null,
} satisfies Partial<OfficeState>;

export function createOffice(client: RpcClient, uuid: () => string): OfficeStore {
  /** The same act sent again after a lost answer is the same command. */
  const commands = new Map<string, string>();
  const store = createStore<OfficeState>()((set, get) => {
    async function once<T>(work: () => Promise<T>): Promise<T | null> {
      if (get().busy) return null;
      set({ busy: true, actFailure: null });
      try {
        const value = await work();
        set({ busy: false });
        return value;
      } catch (error) {
        set({ busy: false, actFailure: toFailure(error) });
        return null;
      }
    }
    async function readTask(caseId: string, lane: Lane): Promise<OpenTask> {
      const isOfPrint = lane === 'PRT' || lane === 'QC';
      const readPrints = isOfPrint ? client.call('certificate.jobs', { caseId }).catch(() => null) : null;
      const [found, prints] = await Promise.all([client.call('case.get', { id: caseId }), readPrints]);
      const printed = (prints?.jobs ?? []).flatMap(({ certificate, blank, content }) =>
        content ? [{ certificate, blank, content }] : [],
      );
      return { ...found, lane, prints, printed };
    }
    const select = (rows: readonly TaskRow[]): string | null => {
      const { lane, filter, selected } = get();
      const shown = rowsShown(rows, lane, filter);
      const before = rowsShown(get().rows ?? [], lane, filter).findIndex((row) => row.summary.id === selected);
      // Who stood on a row stays there; when it went away, on the one that took its place.
      if (shown.some((row) => row.summary.id === selected)) return selected;
      return shown[Math.min(Math.max(0, before), shown.length - 1)]?.summary.id ?? null;
    };

    return {
      ...EMPTY,
      async load() {
        try {
          const { rows } = await client.call('office.tasks', {});
          const known = new Set(rows.map((row) => row.summary.id));
          set({ selected: select(rows), rows, failure: null, marked: get().marked.filter((id) => known.has(id)) });
        } catch (error) {
          set({ failure: toFailure(error) });
        }
      },
      async loadPeople() {
        try {
          set({ people: (await client.call('staff.list', {})).people });
        } catch {
          // Numbers are shown in place of names.
        }
      },
      setLane(lane) {
        if (lane === get().lane) return;
        set({ lane, filter: '', open: null, form: {}, dialog: null, actFailure: null, marked: [], selected: null });
        set({ selected: select(get().rows ?? []) });
      },
      setFilter(filter) {
        set({ filter });
        set({ selected: select(get().rows ?? []) });
      },
      move(step) {
        const { rows, lane, filter, selected } = get();
        const shown = rowsShown(rows ?? [], lane, filter);
        const at = shown.findIndex((row) => row.summary.id === selected);
        const next = shown[Math.min(Math.max(0, at + step), shown.length - 1)];
        if (next) set({ selected: next.summary.id });
      },
      async openTask(caseId) {
        const { lane } = get();
        if (lane === null) return false;
        set({ finished: null, left: null });
        try {
          const task = await readTask(caseId, lane);
          const isSame = get().open?.record.id === task.record.id;
          set({ open: task, failure: null, selected: caseId });
          if (!isSame) set({ form: {}, dialog: null, unmasked: false, actFailure: null });
          return true;
        } catch (error) {
          set({ failure: toFailure(error) });
          return false;
        }
      },
      async refresh(caseId) {
        const isOpen = (): boolean => get().open?.record.id === caseId;
        if (!isOpen()) return;
        try {
          const lane = get().open?.lane;
          if (lane === undefined) return;
          const task = await readTask(caseId, lane);
          if (isOpen()) set({ open: task });
        } catch {
          // What is shown stays; the next change asks again.
        }
      },
      close(caseId) {
        if (caseId !== undefined && get().open?.record.id !== caseId) return;
        set({ open: null, form: {}, dialog: null, unmasked: false, actFailure: null });
      },
      setField: (key, value) => set(({ form }) => ({ form: { ...form, [key]: value }, actFailure: null })),
      toggleMark: (caseId) =>
        set(({ marked }) => ({
          marked: marked.includes(caseId) ? marked.filter((id) => id !== caseId) : [...marked, caseId],
        })),
      setDialog: (dialog) => set({ dialog, actFailure: null }),
      act: ({ id, version }, change) =>
        once(async () => {
          const key = JSON.stringify([id, version, change]);
          const commandId = commands.get(key) ?? uuid();
          commands.set(key, commandId);
          const target = { commandId, caseId: id, baseVersion: version };
          const answer =
            change.kind === 'lane'
              ? await client.call('lane.act', { ...target, change: change.change })
              : await client.call('case.act', { ...target, advance: change.advance });
          commands.delete(key);
          return answer;
        }),
      print: ({ id, version }, act) =>
        once(async () => {
          const key = JSON.stringify([id, act]);
          const commandId = commands.get(key) ?? uuid();
          commands.set(key, commandId);
          set({ progress: null });
          const answer = await sendPrint(client, { commandId, caseId: id, baseVersion: version }, act);
          commands.delete(key);
          return answer;
        }),
      note: async (note) => (await once(() => client.call('case.note', note))) !== null,
      async unmask(caseId, reason) {
        if ((await once(() => client.call('case.unmask', { caseId, reason }))) === null) return false;
        set({ unmasked: true });
        return true;
      },
      forget: () => set(EMPTY),
    };
  });
  client.on('certificate.changed', () => {
    const { open, refresh } = store.getState();
    if (open?.lane === 'PRT') void refresh(open.record.id);
  });
  client.on('certificate.progress', (progress) => store.setState({ progress }));
  client.on('cases.changed', ({ ids }) => {
    const { rows, load, refresh } = store.getState();
    if (rows === null) return;
    void load();
    for (const id of ids) void refresh(id);
  });
  return store;
}
