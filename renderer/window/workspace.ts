import { createContext, useContext } from 'react';
import { createStore } from 'zustand/vanilla';
import { HALL_COUNTER } from '../../domain/catalogue/offered.ts';
import type { App } from '../app/app.ts';
import { localDay } from '../app/format.ts';
import { catalogueIn } from '../app/reference.ts';
import { createScan } from '../scan/scanStore.ts';
import { times } from '../ui/tokens.ts';
import { windowActsOf } from './acts/actList.ts';
import { createActs } from './actsStore.ts';
import { slipOf } from './case/slipOf.ts';
import { createCases, groupRows } from './casesStore.ts';
import { followDevices } from './followDevices.ts';
import { noteScanned } from './form/formActions.ts';
import { problemsOf } from './form/formDraft.ts';
import type { FormRules } from './form/formRules.ts';
import { type FormState, isUntouched } from './form/formState.ts';
import { beginAtVisit } from './form/fromVisit.ts';
import { mortgageAfter } from './form/mortgageAfter.ts';
import { createForm } from './formStore.ts';
import { createPrint } from './printStore.ts';
import { createQueueDesk } from './queue/queueActs.ts';
import { createQueue } from './queue/queueStore.ts';
import { CASE_VIEW, createRefusing } from './refusing.ts';
import { scanTargetOf } from './scanTarget.ts';
import { isCaseDialog, type ViewState, type Workspace } from './workspaceTypes.ts';

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
  const uuid = (): string => crypto.randomUUID();
  const form = createForm(app.client, {
    uuid,
    now: () => new Date().toISOString(),
    active: () => active() && !isCaseDialog(view.getState().overlay) && !desk.claimsCard(),
    debounceMs: times.draftDebounce,
    rules: (state) => rulesOf(state),
  });
  const cases = createCases(app.client);
  const print = createPrint(app.client);
  const acts = createActs(app.client, uuid);
  const scan = createScan(app.client, {
    uuid,
    onPages(caseId, counts) {
      if (form.getState().form.commandId !== caseId) return;
      form.getState().change((state) => noteScanned(state, counts, rulesOf(state).catalogue), { now: true });
    },
  });
  const desk = createQueueDesk({
    client: app.client,
    queue: createQueue(app.client, uuid),
    form,
    uuid,
    now: () => Date.now() + (app.status.getState().sync?.clockOffsetMs ?? 0),
    serviceUp: () => app.status.getState().service === 'up',
    page: {
      showForm: () => workspace.showForm(),
      showCase: (id) => workspace.openCase(id),
      handOver(card) {
        if (!offered().some(({ act }) => act === 'T34')) return;
        open('T34');
        view.setState({ receiverCard: card });
      },
      openOverlay: (overlay) => view.setState({ overlay }),
      focusOn: (path) => workspace.focusOn(path),
      focusNext: () => workspace.focusNext(),
    },
  });
  const view = createStore<ViewState>()(() => ({
    view: 'form',
    overlay: 'none',
    handEntry: null,
    unmasked: false,
    focus: null,
    freshCase: null,
    slip: null,
    receiverCard: null,
    returning: [],
    photos: {},
  }));
  const today = (): string => localDay(new Date().toISOString());

  const workspace: Workspace = {
    app,
    form,
    cases,
    print,
    acts,
    scan,
    desk,
    view,
    ...createRefusing({
      ...{ form, cases, print, acts, view },
      rules: rulesOf,
      onSignedOut: (code) => noteSignedOut(app, code),
      afterAct: (done) => workspace.afterAct(done),
    }),
    rules: () => rulesOf(form.getState().form),
    beginMortgage() {
      const { record } = cases.getState().current ?? {};
      const { catalogue, counter } = rulesOf(form.getState().form);
      const begin = record && mortgageAfter(record, catalogue, counter, uuid);
      if (!begin) return;
      form.getState().clear(begin);
      workspace.showForm();
    },
    beginVisit(visit) {
      if (!isUntouched(form.getState().form)) return false;
      form.getState().clear((empty) => beginAtVisit(empty, visit));
      workspace.showForm();
      return true;
    },
    primary() {
      if (view.getState().view === 'case') {
        const first = offered()[0];
        if (first?.isPrimary) workspace.startAct(first.act);
        else workspace.showForm();
        return;
      }
      const first = problemsOf(form.getState().form, today(), workspace.rules())[0];
      if (first) workspace.focusOn(first.path);
      else view.setState({ overlay: 'confirm' });
    },
    async accept() {
      await desk.serve();
      const record = await form.getState().accept();
      if (!record) {
        noteSignedOut(app, form.getState().acceptFailure?.code);
        return;
      }
      cases.getState().show(record);
      view.setState({ ...CASE_VIEW, freshCase: record.id, handEntry: null });
      void cases.getState().load();
      await print.getState().start(record.id);
      void cases.getState().refresh(record.id);
    },
    async openCase(id) {
      if (await cases.getState().open(id)) {
        view.setState(CASE_VIEW);
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
      workspace.focusOn(problemsOf(form.getState().form, today(), workspace.rules())[0]?.path ?? 'primary');
    },
    printOrPreview() {
      const { current } = cases.getState();
      if (view.getState().view === 'case' && current) {
        const { id } = current.record;
        const slip = slipOf(current.record, view.getState().slip);
        if (slip === null) return;
        void print
          .getState()
          .start(id, slip)
          .then(() => cases.getState().refresh(id));
      } else {
        view.setState({ overlay: 'preview' });
      }
    },
    focusOn(path) {
      view.setState((state) => ({ focus: { path, turn: (state.focus?.turn ?? 0) + 1 } }));
    },
    openScan(asked) {
      const shown = view.getState().view === 'case' ? cases.getState().current?.record : null;
      const target = scanTargetOf(shown ?? null, form.getState().form, asked, (version) =>
        catalogueIn(app.reference.getState(), version),
      );
      if (!target) {
        workspace.focusOn('itemCode');
        return;
      }
      void scan.getState().open(target);
      view.setState({ overlay: 'scan' });
    },
    startAct(act) {
      const caseId = cases.getState().current?.record.id ?? '';
      if (act === 'T12') {
        void workspace.finishRefusal();
        return;
      }
      // A case whose number is called is called, and missed, by its number.
      if (act === 'T33' && desk.callForCase(caseId)) return;
      if (act === 'T35' && desk.missForCase(caseId)) return;
      if (act === 'T34') void desk.collects();
      open(act);
    },
    startOther(number) {
      const other = offered().filter((each, index) => !(each.isPrimary && index === 0))[number - 1];
      if (other) workspace.startAct(other.act);
    },
    openReturning(number) {
      const row = view.getState().returning[number - 1];
      if (!row) return;
      // Nothing was begun but the card: this person did not come to apply.
      const { itemCode, parties } = form.getState().form;
      if (itemCode === '' && parties.length <= 1) form.getState().clear();
      void workspace.openCase(row.id);
    },
    async openNext(step) {
      const { mine, current } = cases.getState();
      const rows = groupRows(mine ?? []).flatMap((each) => each.rows);
      const at = rows.findIndex((row) => row.id === current?.record.id);
      const next = rows[at < 0 ? (step === 1 ? 0 : rows.length - 1) : at + step];
      if (next) await workspace.openCase(next.id);
    },
    unmask() {
      const { view: shown, unmasked } = view.getState();
      if (shown === 'form' || unmasked) view.setState({ unmasked: !unmasked });
      else open('unmask');
    },
    closeOverlay() {
      if (!acts.getState().busy) view.setState({ overlay: 'none', receiverCard: null });
    },
    afterAct({ record, summary }) {
      cases.getState().show(record, summary);
      view.setState({ overlay: 'none', receiverCard: null, freshCase: null, slip: null });
      void cases.getState().load();
    },
    afterPaper(caseId, paper) {
      const { print: last } = print.getState();
      if (last.step === 'failed' && last.caseId === caseId && last.slip === paper) {
        print.setState({ print: { step: 'none' } });
      }
      void cases.getState().refresh(caseId);
    },
  };

  function rulesOf({ catalogueVersion }: FormState): FormRules {
    const { info } = app.session.getState();
    return {
      catalogue: catalogueIn(app.reference.getState(), catalogueVersion),
      counter: info ? { offers: info.offers, place: info.place } : HALL_COUNTER,
    };
  }

  function offered() {
    const { current } = cases.getState();
    const actor = app.session.getState().info?.staff?.number ?? '';
    return current ? windowActsOf(current.record, actor, new Date().toISOString()) : [];
  }

  function open(overlay: ViewState['overlay']): void {
    acts.getState().clear();
    view.setState({ overlay, receiverCard: null });
  }

  followDevices(workspace, active);
  form.subscribe((state, before) => {
    if (state.form.commandId !== before.form.commandId) view.setState({ photos: {} });
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
