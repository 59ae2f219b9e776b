import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AskedPaper, PreReviewResult, Visitor } from '../../contract/rpc/preReview.ts';
import type { Catalogue, Item, MaterialCondition, ProjectKind } from '../../domain/catalogue/types.ts';
import { NOTICE } from '../../domain/preReview/notice.ts';
import { conditionsAsked } from '../../domain/preReview/questions.ts';
import type { Tile } from '../../domain/preReview/tile.ts';
import { type Failure, toFailure } from '../app/failure.ts';
import type { RpcClient } from '../rpc/client.ts';

/** One question a screen; `paper` asks for one of several. */
export type Step =
  | { at: 'idle' | 'card' | 'number' | 'resume' | 'tiles' | 'direct' | 'circumstances' | 'papers' | 'result' }
  | { at: 'paper'; index: number };

export interface KioskState {
  step: Step;
  visitor: Visitor | null;
  /** Answers to 办什么 so far; the last may be the item. */
  path: Tile[];
  item: Item | null;
  projectKind: ProjectKind | undefined;
  conditions: MaterialCondition[];
  papers: AskedPaper[];
  /** With the reasons it lacks; kept until the visit ends. */
  result: PreReviewResult | null;
  /** Big type by hand; null: by the birth date. */
  elderChosen: boolean | null;
  /** Of a guided visit. */
  priority: boolean;
  busy: 'judging' | 'finishing' | null;
  failure: Failure | null;
  begin(): void;
  /** Ends the visit: nothing of the visitor is left here or in the service. */
  end(): void;
  typeNumber(): void;
  enterNumber(number: string): void;
  resume(id: string): void;
  chooseOther(): void;
  choose(tile: Tile): void;
  toggle(condition: MaterialCondition): void;
  setPriority(on: boolean): void;
  circumstancesDone(): void;
  allThere(): void;
  oneByOne(): void;
  answer(has: boolean): void;
  back(): void;
  setElder(on: boolean): void;
}

export type KioskStore = StoreApi<KioskState>;

export function isElder({ visitor, elderChosen }: Pick<KioskState, 'visitor' | 'elderChosen'>): boolean {
  return elderChosen ?? visitor?.elder ?? false;
}

/** How long one question to the reader lasts; it is asked again as long as the page waits for a card. */
const READ_MS = 20_000;
/** Before a reader that failed is asked again: the sentence has to be read. */
const AGAIN_MS = 2_000;
const WAITS_ON = ['card-not-present', 'deadline'];

const NOBODY = {
  step: { at: 'idle' },
  visitor: null,
  path: [],
  item: null,
  projectKind: undefined,
  conditions: [],
  papers: [],
  result: null,
  elderChosen: null,
  priority: false,
  busy: null,
  failure: null,
} as const satisfies Partial<KioskState>;

/** @param catalogueInForce asked when an item is chosen */
export function createKiosk(client: RpcClient, catalogueInForce: () => Catalogue): KioskStore {
  /** Answers to a visit that has ended meanwhile are dropped. */
  let turn = 0;

  return createStore<KioskState>()((set, get) => {
    const isNow = (mine: number): boolean => mine === turn;

    async function run(busy: KioskState['busy'], work: () => Promise<Partial<KioskState>>): Promise<void> {
      if (get().busy) return;
      const mine = turn;
      set({ busy, failure: null });
      try {
        const next = await work();
        if (isNow(mine)) set({ ...next, busy: null });
      } catch (error) {
        if (!isNow(mine)) return;
        const failure = toFailure(error);
        // The service has forgotten the visitor: nothing of him may stay here.
        if (failure.code === 'visit-over') set({ ...NOBODY, path: [], conditions: [], papers: [] });
        else set({ failure, busy: null });
      }
    }

    async function readCards(mine: number): Promise<void> {
      while (isNow(mine) && get().step.at === 'card') {
        try {
          const by = { kind: 'card', waitMs: READ_MS } as const;
          const visitor = await client.call('prereview.identify', { notice: NOTICE.version, by });
          if (isNow(mine) && get().step.at === 'card') set(identified(visitor));
          return;
        } catch (error) {
          const failure = toFailure(error);
          if (!isNow(mine) || failure.code === 'visit-over') return;
          if (WAITS_ON.includes(failure.code)) continue;
          set({ failure });
          await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
        }
      }
    }

    function waitForCard(): void {
      set({ step: { at: 'card' }, failure: null });
      void readCards(turn);
    }

    function identified(visitor: Visitor): Partial<KioskState> {
      const step: Step = { at: visitor.unfinished.length > 0 ? 'resume' : 'tiles' };
      return { visitor, step, path: [], failure: null };
    }

    async function start(more: { resume?: string } = {}): Promise<Partial<KioskState>> {
      const { item, projectKind, conditions, elderChosen, visitor } = get();
      const unfinished = visitor?.unfinished.find(({ id }) => id === more.resume);
      const itemCode = unfinished?.itemCode ?? item?.code ?? '';
      const { materials: papers } = await client.call('prereview.start', {
        itemCode,
        projectKind: unfinished ? undefined : projectKind,
        conditions,
        ...(elderChosen !== null && { elder: elderChosen }),
        ...more,
      });
      const chosen = catalogueInForce().items.find(({ code }) => code === itemCode) ?? item;
      // Nothing to bring: it is judged at once.
      return papers.length === 0
        ? { item: chosen, papers, ...(await finish()) }
        : { item: chosen, papers, step: { at: 'papers' } };
    }

    async function finish(): Promise<Partial<KioskState>> {
      set({ busy: 'finishing' });
      const result = await client.call('prereview.finish', { priority: get().priority });
      return { result, step: { at: 'result' } };
    }

    function chooseItem(code: string, projectKind: ProjectKind | undefined): void {
      const catalogue = catalogueInForce();
      const item = catalogue.items.find((each) => each.code === code) ?? null;
      if (!item) return;
      set({ item, projectKind, conditions: [] });
      if (item.applicancy === 'entrusted') set({ step: { at: 'direct' } });
      else if (conditionsAsked(item, catalogue).length > 0) set({ step: { at: 'circumstances' } });
      else void run('judging', () => start());
    }

    return {
      ...NOBODY,
      begin() {
        turn += 1;
        set({ ...NOBODY, path: [], conditions: [], papers: [] });
        waitForCard();
      },
      end() {
        turn += 1;
        set({ ...NOBODY, path: [], conditions: [], papers: [] });
        void client.call('prereview.cancel', {}).catch(() => undefined);
      },
      typeNumber: () => set({ step: { at: 'number' }, failure: null }),
      enterNumber(number) {
        void run('judging', async () => {
          const by = { kind: 'typed', number } as const;
          return identified(await client.call('prereview.identify', { notice: NOTICE.version, by }));
        });
      },
      resume: (id) => void run('judging', () => start({ resume: id })),
      chooseOther: () => set({ step: { at: 'tiles' }, path: [] }),
      choose(tile) {
        set({ path: [...get().path, tile], failure: null });
        if (tile.leads.to === 'item') chooseItem(tile.leads.code, tile.leads.projectKind);
      },
      toggle(condition) {
        const { conditions } = get();
        const isOn = conditions.includes(condition);
        set({
          conditions: isOn ? conditions.filter((each) => each !== condition) : [...conditions, condition],
        });
      },
      setPriority: (priority) => set({ priority }),
      circumstancesDone: () => void run('judging', () => start()),
      allThere() {
        void run('finishing', async () => {
          for (const { code } of get().papers) await client.call('prereview.setMaterial', { code, has: true });
          return finish();
        });
      },
      oneByOne: () => set({ step: { at: 'paper', index: 0 }, failure: null }),
      answer(has) {
        const { step, papers } = get();
        if (step.at !== 'paper') return;
        const paper = papers[step.index];
        if (!paper) return;
        const isLast = step.index === papers.length - 1;
        void run(isLast ? 'finishing' : 'judging', async () => {
          const { materials } = await client.call('prereview.setMaterial', { code: paper.code, has });
          if (isLast) return { papers: materials, ...(await finish()) };
          return { papers: materials, step: { at: 'paper', index: step.index + 1 } };
        });
      },
      back() {
        const { step, path, item, visitor, busy } = get();
        if (busy) return;
        set({ failure: null });
        switch (step.at) {
          case 'number':
            waitForCard();
            return;
          case 'tiles':
            if (path.length > 0) set({ path: path.slice(0, -1) });
            else if (visitor && visitor.unfinished.length > 0) set({ step: { at: 'resume' } });
            else get().end();
            return;
          case 'direct':
          case 'circumstances':
            set({ step: { at: 'tiles' }, path: path.slice(0, -1), item: null });
            return;
          case 'papers': {
            const hasQuestions = item && path.length > 0 && conditionsAsked(item, catalogueInForce()).length > 0;
            if (hasQuestions) set({ step: { at: 'circumstances' } });
            else if (path.length > 0) set({ step: { at: 'tiles' }, path: path.slice(0, -1), item: null });
            else set({ step: { at: 'resume' } });
            return;
          }
          case 'paper':
            set({ step: step.index === 0 ? { at: 'papers' } : { at: 'paper', index: step.index - 1 } });
            return;
          default:
            get().end();
        }
      },
      setElder: (elderChosen) => set({ elderChosen }),
    };
  });
}
