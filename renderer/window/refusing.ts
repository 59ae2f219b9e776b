import type { StoreApi } from 'zustand/vanilla';
import type { ActsStore } from './actsStore.ts';
import type { CasesStore } from './casesStore.ts';
import { toAcceptanceDraft } from './form/formDraft.ts';
import type { FormRules } from './form/formRules.ts';
import type { FormState } from './form/formState.ts';
import type { FormStore } from './formStore.ts';
import type { PrintStore } from './printStore.ts';
import type { ViewState, Workspace } from './workspaceTypes.ts';

export interface RefusingOptions {
  form: FormStore;
  cases: CasesStore;
  print: PrintStore;
  acts: ActsStore;
  view: StoreApi<ViewState>;
  rules: (form: FormState) => FormRules;
  /** Something was refused with this code: perhaps nobody is signed in any more. */
  onSignedOut: (code: string | undefined) => void;
  afterAct: Workspace['afterAct'];
}

/** A case has come onto the page, in place of whatever was open. */
export const CASE_VIEW: Partial<ViewState> = {
  view: 'case',
  overlay: 'none',
  unmasked: false,
  freshCase: null,
  slip: null,
  receiverCard: null,
  returning: [],
};

/** 不予受理: asked with its grounds, kept, its notice printed, and over with the notice. */
export function createRefusing({
  form,
  cases,
  print,
  acts,
  view,
  rules,
  onSignedOut,
  afterAct,
}: RefusingOptions): Pick<Workspace, 'startRefusal' | 'refuse' | 'finishRefusal'> {
  async function finishRefusal(): Promise<void> {
    const before = cases.getState().current?.record;
    if (!before || acts.getState().busy) return;
    if (!before.slips.some((each) => each.slip === 'refusal')) {
      const isOut = await print.getState().start(before.id, 'refusal');
      await cases.getState().refresh(before.id);
      if (!isOut) return;
    }
    const record = cases.getState().current?.record;
    if (record?.id !== before.id) return;
    const done = await acts.getState().act(record, { transition: 'T12', data: {} });
    if (done) afterAct(done);
    else void cases.getState().refresh(record.id);
  }

  return {
    finishRefusal,
    startRefusal() {
      acts.getState().clear();
      view.setState({ overlay: 'refuse', handEntry: null });
    },
    async refuse(refusal) {
      const { form: draft } = form.getState();
      const record = await acts.getState().refuse({
        commandId: draft.commandId,
        draft: toAcceptanceDraft(draft, rules(draft).catalogue),
        refusal,
        catalogueVersion: draft.catalogueVersion,
      });
      if (!record) {
        onSignedOut(acts.getState().failure?.code);
        return;
      }
      form.getState().clear();
      cases.getState().show(record);
      view.setState({ ...CASE_VIEW, handEntry: null });
      void cases.getState().load();
      await finishRefusal();
    },
  };
}
