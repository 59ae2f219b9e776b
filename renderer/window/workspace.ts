import { createContext, useContext } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { findMaterial } from '../../domain/catalogue/catalogue.ts';
import type { App } from '../app/app.ts';
import { localDay } from '../app/format.ts';
import { createScan, type ScanStore } from '../scan/scanStore.ts';
import { times } from '../ui/tokens.ts';
import { type CasesStore, createCases } from './casesStore.ts';
import { type CardAnswer, noteScanned } from './form/formActions.ts';
import { checklistOf, problemsOf } from './form/formDraft.ts';
import { createForm, type FormStore } from './formStore.ts';
import { createPrint, type PrintStore } from './printStore.ts';

export type Overlay = 'none' | 'find' | 'confirm' | 'clear' | 'preview' | 'scan';

export interface ViewState {
  view: 'form' | 'case';
  overlay: Overlay;
  /** Hand entry is open for a new party or for the party with this key. */
  handEntry: 'new' | { key: string } | null;
  unmasked: boolean;
  /** Path of `AcceptanceProblem` that should have the focus; the number makes repeats distinct. */
  focus: { path: string; turn: number } | null;
  /** The case accepted a moment ago: its page shows the large number. */
  freshCase: string | null;
}

/** The window role's stores and the acts that touch several of them. */
export interface Workspace {
  app: App;
  form: FormStore;
  cases: CasesStore;
  print: PrintStore;
  scan: ScanStore;
  view: StoreApi<ViewState>;
  /** Enter: moves to the first missing thing, or asks to confirm; on a case page it returns to the form. */
  primary(): void;
  accept(): Promise<void>;
  openCase(id: string): Promise<void>;
  showForm(): void;
  answerCard(answer: CardAnswer): void;
  /** Moves on to the first thing still missing. */
  focusNext(): void;
  printOrPreview(): void;
  focusOn(path: string): void;
  /** F9: papers of the form or of the case on the page. @param material the one in hand; null: the first */
  openScan(material: string | null): void;
}

const workspaces = new WeakMap<App, Workspace>();

/** One workspace for the life of the page: signing out and in again keeps the form in hand. */
export function workspaceOf(app: App): Workspace {
  const workspace = workspaces.get(app) ?? createWorkspace(app);
  workspaces.set(app, workspace);
  return workspace;
}

function createWorkspace(app: App): Workspace {
  const active = (): boolean => {
    const { info, locked } = app.session.getState();
    return info?.staff != null && !locked;
  };
  const form = createForm(app.client, {
    uuid: () => crypto.randomUUID(),
    now: () => new Date().toISOString(),
    active,
    debounceMs: times.draftDebounce,
  });
  const cases = createCases(app.client);
  const print = createPrint(app.client);
  const scan = createScan(app.client, {
    uuid: () => crypto.randomUUID(),
    onPages(caseId, counts) {
      if (form.getState().form.commandId !== caseId) return;
      form.getState().change((state) => noteScanned(state, counts), { now: true });
    },
  });
  const view = createStore<ViewState>()(() => ({
    view: 'form',
    overlay: 'none',
    handEntry: null,
    unmasked: false,
    focus: null,
    freshCase: null,
  }));
  const today = (): string => localDay(new Date().toISOString());

  const workspace: Workspace = {
    app,
    form,
    cases,
    print,
    scan,
    view,
    primary() {
      if (view.getState().view === 'case') {
        workspace.showForm();
        return;
      }
      const first = problemsOf(form.getState().form, today())[0];
      if (first) workspace.focusOn(first.path);
      else view.setState({ overlay: 'confirm' });
    },
    async accept() {
      const record = await form.getState().accept();
      if (!record) {
        noteSignedOut(app, form.getState().acceptFailure?.code);
        return;
      }
      cases.getState().show(record);
      view.setState({ view: 'case', overlay: 'none', freshCase: record.id, unmasked: false, handEntry: null });
      void cases.getState().load();
      await print.getState().start(record.id);
      void cases.getState().refresh(record.id);
    },
    async openCase(id) {
      if (await cases.getState().open(id)) {
        view.setState({ view: 'case', overlay: 'none', unmasked: false, freshCase: null });
      } else {
        noteSignedOut(app, cases.getState().failure?.code);
      }
    },
    showForm() {
      cases.getState().close();
      view.setState({ view: 'form', overlay: 'none', unmasked: false, freshCase: null });
      workspace.focusNext();
    },
    answerCard(answer) {
      form.getState().answer(answer);
      workspace.focusNext();
    },
    focusNext() {
      workspace.focusOn(problemsOf(form.getState().form, today())[0]?.path ?? 'primary');
    },
    printOrPreview() {
      const { current } = cases.getState();
      if (view.getState().view === 'case' && current) {
        const { id } = current.record;
        void print
          .getState()
          .start(id)
          .then(() => cases.getState().refresh(id));
      } else {
        view.setState({ overlay: 'preview' });
      }
    },
    openScan(asked) {
      const shown = view.getState().view === 'case' ? cases.getState().current?.record : null;
      const { form: inHand } = form.getState();
      const codes = shown
        ? shown.acceptance.materials.map(({ code }) => code)
        : checklistOf(inHand).map(({ material }) => material);
      const material = codes.find((code) => code === asked) ?? codes[0];
      if (material === undefined) {
        workspace.focusOn('itemCode');
        return;
      }
      void scan.getState().open({
        caseId: shown?.id ?? inHand.commandId,
        isAccepted: shown !== null && shown !== undefined,
        materials: codes.map((code) => ({ code, name: findMaterial(code)?.name ?? code })),
        material,
      });
      view.setState({ overlay: 'scan' });
    },
    focusOn(path) {
      view.setState((state) => ({ focus: { path, turn: (state.focus?.turn ?? 0) + 1 } }));
    },
  };

  // A card is navigation: it opens the form wherever the clerk is (faces.md).
  app.client.on('identity.card', () => {
    if (!active()) return;
    cases.getState().close();
    view.setState({ view: 'form', overlay: 'none', handEntry: null, freshCase: null });
    if (form.getState().pendingCard) workspace.focusOn('card-question');
    else workspace.focusNext();
  });
  return workspace;
}

function noteSignedOut(app: App, code: string | undefined): void {
  if (code === 'not-signed-in') app.session.getState().forget();
}

export const WorkspaceContext = createContext<Workspace | null>(null);

export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error('WorkspaceContext is missing');
  return workspace;
}
