import { createStore, type StoreApi } from 'zustand/vanilla';
import { MAX_ATTACHMENT_BYTES } from '../../domain/case/scan.ts';
import { type Failure, toFailure } from '../app/failure.ts';
import type { RpcClient } from '../rpc/client.ts';
import { type Edit, type Rect, sameEdit } from './geometry.ts';
import { makeThumbnail } from './picture.ts';
import {
  isEditable,
  isFailure,
  newPage,
  pageFromService,
  type StagePage,
  storedBytes,
  TOO_LARGE,
} from './stagePage.ts';
import { fetchPage, sendPage } from './transfer.ts';

export interface ScanTarget {
  /** The case, or before acceptance the `commandId` of the acceptance to come. */
  caseId: string;
  isAccepted: boolean;
  materials: readonly { code: string; name: string }[];
  /** Of the materials the one in hand. */
  material: string;
}

export interface ScanState {
  isOpen: boolean;
  /** Of the dialog that is open, or was last. */
  target: ScanTarget | null;
  /** Of all materials, in order within each; with them, of other cases, what could not be stored. */
  pages: StagePage[];
  /** What the next picture belongs to. */
  material: string;
  selected: string | null;
  view: 'camera' | 'page' | 'crop';
  attaching: boolean;
  failure: Failure | null;
  open(target: ScanTarget): Promise<void>;
  close(): void;
  chooseMaterial(code: string): void;
  add(source: 'camera' | 'file', content: Blob, name?: string): void;
  select(id: string): void;
  show(view: 'camera' | 'page'): void;
  edit(id: string, edit: Edit): void;
  startCrop(): void;
  /** Moves the frame; nothing is stored before `endCrop`. */
  crop(rect: Rect): void;
  /** @param keep false: the page is as it was */
  endCrop(keep: boolean): void;
  reorder(order: readonly string[]): Promise<void>;
  remove(id: string, reason: string): Promise<void>;
  retry(): void;
  /** @returns false when something is not stored yet, or could not be attached */
  attach(): Promise<boolean>;
  /** The bytes a page is made of, fetched when they are not here. @throws YichuangError */
  masterOf(id: string): Promise<Blob>;
}

export type ScanStore = StoreApi<ScanState>;

export interface ScanDeps {
  uuid(): string;
  /** Pages of a case changed: how many there are of each material. */
  onPages(caseId: string, counts: Record<string, number>): void;
}

/**
 * The pages of one case while they are scanned. Each is stored on this machine the moment it is there (held), so that Esc,
 * a crash or a power cut loses none; a page that could not be stored stays here until it is.
 */
export function createScan(client: RpcClient, deps: ScanDeps): ScanStore {
  let queue = Promise.resolve();
  const masters = new Map<string, Promise<Blob>>();
  /** The page that is being cropped, and how it was. */
  let cropped: { id: string; before: Edit } | null = null;

  return createStore<ScanState>()((set, get) => {
    const change = (id: string, part: Partial<StagePage>): void =>
      set(({ pages }) => ({ pages: pages.map((page) => (page.id === id ? { ...page, ...part } : page)) }));
    const find = (id: string): StagePage | null => get().pages.find((page) => page.id === id) ?? null;

    function wipe(pages: readonly StagePage[]): void {
      for (const { thumbnail } of pages) if (thumbnail !== null) URL.revokeObjectURL(thumbnail);
    }

    function tellPages(caseId: string): void {
      const counts: Record<string, number> = {};
      for (const page of get().pages) {
        if (page.caseId === caseId && page.state !== 'failed') counts[page.material] = (counts[page.material] ?? 0) + 1;
      }
      deps.onPages(caseId, counts);
    }

    /** Images do not stay in the memory of the page (domain.md §7.2), except those that are nowhere else. */
    function forgetStored(): void {
      const isUnsaved = ({ state }: StagePage): boolean => state === 'failed' || state === 'saving';
      wipe(get().pages.filter((page) => !isUnsaved(page)));
      masters.clear();
      set(({ pages }) => ({ pages: pages.filter(isUnsaved), selected: null }));
    }

    async function setThumbnail(id: string, content: Blob): Promise<void> {
      const thumbnail = await makeThumbnail(content).catch(() => null);
      const page = find(id);
      if (!page) {
        if (thumbnail !== null) URL.revokeObjectURL(thumbnail);
        return;
      }
      wipe([page]);
      change(id, { thumbnail });
    }

    /** One page after the other: the newest edit of a page is the one that is stored. */
    function save(id: string): void {
      change(id, { state: 'saving', failure: null });
      queue = queue.then(() => store(id));
    }

    async function store(id: string): Promise<void> {
      const page = find(id);
      if (page?.state !== 'saving') return;
      try {
        const master = page.master ?? (await get().masterOf(id));
        const { content, name } = await storedBytes(page, master);
        if (content.size > MAX_ATTACHMENT_BYTES) throw TOO_LARGE;
        if (page.media === 'image/jpeg') void setThumbnail(id, content);
        const { caseId, material, source } = page;
        const kept = await sendPage(client, { scanId: id, caseId, material, source, name, hold: true }, content);
        // Turned again meanwhile: the next one in the queue stores that.
        if (find(id)?.edit !== page.edit) return;
        const sheets = kept.blob.media === 'application/pdf' ? kept.blob.pages : null;
        change(id, { master, state: kept.state, sheets });
        tellPages(caseId);
        if (!get().isOpen) forgetStored();
      } catch (error) {
        change(id, { state: 'failed', failure: isFailure(error) ? error : toFailure(error) });
      }
    }

    /** An image of another machine may be on its way still: the others are shown meanwhile. */
    async function showStored(id: string): Promise<void> {
      try {
        await setThumbnail(id, await get().masterOf(id));
      } catch (error) {
        change(id, { failure: toFailure(error) });
      }
    }

    async function load(caseId: string): Promise<void> {
      const isCurrent = (): boolean => get().isOpen && get().target?.caseId === caseId;
      try {
        const { pages } = await client.call('scans.list', { caseId });
        if (!isCurrent()) return;
        const known = new Set(get().pages.map(({ id }) => id));
        const stored = pages.filter(({ id }) => !known.has(id)).map(pageFromService);
        set((state) => ({ pages: [...stored, ...state.pages] }));
        for (const page of stored) {
          if (page.media === 'image/jpeg') await showStored(page.id);
          if (!isCurrent()) return;
        }
      } catch (error) {
        if (isCurrent()) set({ failure: toFailure(error) });
      }
    }

    return {
      isOpen: false,
      target: null,
      pages: [],
      material: '',
      selected: null,
      view: 'camera',
      attaching: false,
      failure: null,
      async open(target) {
        forgetStored();
        set({ target, isOpen: true, material: target.material, view: 'camera', failure: null });
        await load(target.caseId);
      },
      close() {
        get().endCrop(true);
        set({ isOpen: false });
        forgetStored();
      },
      chooseMaterial(material) {
        get().endCrop(true);
        set({ material, selected: null, view: 'camera' });
      },
      add(source, content, name) {
        const { target, material } = get();
        if (!target) return;
        const place = { id: deps.uuid(), caseId: target.caseId, material };
        const page = newPage(place, source, content, name);
        set(({ pages }) => ({ pages: [...pages, page], selected: page.id, failure: null }));
        save(page.id);
      },
      select(selected) {
        get().endCrop(true);
        set({ selected, view: 'page' });
      },
      show(view) {
        get().endCrop(true);
        set({ view });
      },
      startCrop() {
        const page = find(get().selected ?? '');
        if (!page || !isEditable(page)) return;
        cropped = { id: page.id, before: page.edit };
        set({ view: 'crop' });
      },
      crop(rect) {
        const page = cropped && find(cropped.id);
        if (page) change(page.id, { edit: { ...page.edit, crop: rect } });
      },
      endCrop(keep) {
        if (!cropped) return;
        const { id, before } = cropped;
        cropped = null;
        set({ view: 'page' });
        const page = find(id);
        if (!page || sameEdit(page.edit, before)) return;
        if (keep) save(id);
        else change(id, { edit: before });
      },
      edit(id, edit) {
        const page = find(id);
        if (!page || !isEditable(page)) return;
        change(id, { edit });
        save(id);
      },
      async reorder(order) {
        await queue;
        const { target, material } = get();
        if (!target) return;
        const stored = order.filter((id) => find(id)?.state !== 'failed');
        try {
          const answer = await client.call('scans.reorder', { caseId: target.caseId, material, order: stored });
          const place = new Map(answer.pages.map(({ id }, index) => [id, index]));
          const rank = ({ id }: StagePage): number => place.get(id) ?? answer.pages.length;
          set(({ pages }) => ({ pages: pages.toSorted((a, b) => rank(a) - rank(b)) }));
        } catch (error) {
          set({ failure: toFailure(error) });
        }
      },
      async remove(id, reason) {
        await queue;
        const page = find(id);
        if (!page) return;
        try {
          if (page.state !== 'failed') await client.call('scans.remove', { scanId: id, reason });
        } catch (error) {
          set({ failure: toFailure(error) });
          return;
        }
        wipe([page]);
        masters.delete(id);
        set(({ pages, selected }) => ({
          pages: pages.filter((each) => each.id !== id),
          ...(selected === id ? { selected: null, view: 'camera' as const } : {}),
        }));
        tellPages(page.caseId);
      },
      retry() {
        for (const { id, state } of get().pages) if (state === 'failed') save(id);
      },
      async attach() {
        set({ attaching: true });
        await queue;
        const { target } = get();
        const mine = get().pages.filter(({ caseId }) => caseId === target?.caseId);
        const isHeld = mine.some(({ state }) => state === 'held');
        try {
          if (target?.isAccepted && isHeld) await client.call('scans.attachHeld', { caseId: target.caseId });
          set(({ pages: now }) => ({
            attaching: false,
            failure: null,
            pages: target?.isAccepted
              ? now.map((page) => (page.state === 'held' ? { ...page, state: 'attached', master: null } : page))
              : now,
          }));
          return mine.every(({ state }) => state !== 'failed');
        } catch (error) {
          set({ attaching: false, failure: toFailure(error) });
          return false;
        }
      },
      masterOf(id) {
        const here = find(id)?.master;
        if (here) return Promise.resolve(here);
        const fetched = masters.get(id) ?? fetchPage(client, id);
        masters.set(id, fetched);
        fetched.catch(() => masters.delete(id));
        return fetched;
      },
    };
  });
}
