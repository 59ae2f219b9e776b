import { createStore, type StoreApi } from 'zustand/vanilla';
import type { IdentityCard } from '../../contract/identity.ts';
import type { CaseFile } from '../../domain/case/types.ts';
import type { Catalogue } from '../../domain/catalogue/types.ts';
import { type Failure, toFailure } from '../app/failure.ts';
import { localDay } from '../app/format.ts';
import type { RpcClient } from '../rpc/client.ts';
import { answerCard, type CardAnswer, layCard } from './form/formActions.ts';
import { toAcceptanceDraft } from './form/formDraft.ts';
import type { FormRules } from './form/formRules.ts';
import { emptyForm, type FormState, isUntouched } from './form/formState.ts';
import { readFormsAside, readStoredForm } from './form/storedForm.ts';

export interface FormStoreState {
  form: FormState;
  /** Of numbers that are in hand no more: what was entered waits, with them or as a draft, until the day ends. */
  aside: readonly FormState[];
  /** A card that waits for its one question: 共同申请人 / 代理人 / 换人. */
  pendingCard: IdentityCard | null;
  cardFailure: Failure | null;
  accepting: boolean;
  acceptFailure: Failure | null;
  /** `kept`: what is on the page is in the store of this machine. */
  draft: 'kept' | 'pending' | 'failed';
  /** ISO instant of the last keeping. */
  keptAt: string | null;
  change(step: (form: FormState) => FormState, options?: { now?: boolean }): void;
  cardLaid(card: IdentityCard): void;
  /** A card that was claimed by the number in hand, now laid on the form. */
  layOn(card: IdentityCard): void;
  /** In force, for a form that begins. */
  catalogueNow(): Catalogue;
  cardFailed(failure: Failure): void;
  answer(answer: CardAnswer): void;
  dismissCard(): void;
  /** @param next what the new form begins with; nothing by default */
  clear(next?: (form: FormState) => FormState): void;
  /** The number of the form is out of hand: an empty form takes its place, nothing entered is lost. */
  setAside(): void;
  /** @returns false when nothing waits for this number, or another form is in hand */
  takeUp(ticketId: string): boolean;
  restore(): Promise<void>;
  keep(): Promise<void>;
  accept(): Promise<CaseFile | null>;
}

export type FormStore = StoreApi<FormStoreState>;

export interface FormDeps {
  uuid(): string;
  now(): string;
  /** False while the page is locked or nobody is signed in: a card laid then is not taken. */
  active(): boolean;
  debounceMs: number;
  /** By what this form is judged now. */
  rules(form: FormState): FormRules;
}

export function createForm(client: RpcClient, deps: FormDeps): FormStore {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const store = createStore<FormStoreState>()((set, get) => {
    function schedule(now: boolean): void {
      if (timer) clearTimeout(timer);
      timer = null;
      set({ draft: 'pending' });
      if (now) void get().keep();
      else timer = setTimeout(() => void get().keep(), deps.debounceMs);
    }

    /** A form keeps the catalogue it was begun with. */
    const begun = (form: FormState): FormState =>
      form.catalogueVersion === '' && !isUntouched(form)
        ? { ...form, catalogueVersion: deps.rules(form).catalogue.version }
        : form;

    return {
      form: emptyForm(deps.uuid()),
      aside: [],
      pendingCard: null,
      cardFailure: null,
      accepting: false,
      acceptFailure: null,
      draft: 'kept',
      keptAt: null,
      change(step, options) {
        const before = get().form;
        const stepped = step(before);
        if (stepped === before || get().accepting) return;
        const form = begun(stepped);
        set({ form, acceptFailure: null });
        schedule(options?.now ?? false);
      },
      cardLaid(card) {
        if (!deps.active()) return;
        get().layOn(card);
      },
      catalogueNow: () => deps.rules(emptyForm('')).catalogue,
      layOn(card) {
        if (get().accepting) return;
        set({ cardFailure: null });
        const next = layCard(get().form, card, deps.uuid());
        if (next === 'ask') set({ pendingCard: card });
        else {
          set({ pendingCard: null });
          get().change(() => next, { now: true });
        }
      },
      cardFailed(cardFailure) {
        if (deps.active()) set({ cardFailure });
      },
      answer(answer) {
        const card = get().pendingCard;
        if (!card) return;
        set({ pendingCard: null });
        get().change((form) => answerCard(form, card, answer, deps.uuid()), { now: true });
      },
      dismissCard: () => set({ pendingCard: null }),
      clear(next) {
        const form = emptyForm(deps.uuid());
        set({ form: next ? begun(next(form)) : form, pendingCard: null, cardFailure: null, acceptFailure: null });
        schedule(true);
      },
      setAside() {
        const { form, aside } = get();
        if (!form.ticket) return;
        const others = aside.filter(({ ticket }) => ticket?.id !== form.ticket?.id);
        if (!isUntouched(form)) set({ aside: [...others, form] });
        get().clear();
      },
      takeUp(ticketId) {
        const found = get().aside.find(({ ticket }) => ticket?.id === ticketId);
        if (!found || !isUntouched(get().form)) return false;
        set({ aside: get().aside.filter((each) => each !== found) });
        get().clear(() => found);
        return true;
      },
      async restore() {
        if (!isUntouched(get().form)) {
          if (get().draft === 'failed') await get().keep();
          return;
        }
        try {
          const { draft } = await client.call('draft.load', {});
          const form = readStoredForm(draft);
          const aside = readFormsAside(draft, localDay(deps.now()));
          if (aside.length > 0 && get().aside.length === 0) set({ aside });
          // The clerk may have begun in the meantime: what is on the page wins.
          if (form && isUntouched(get().form)) set({ form, draft: 'kept' });
        } catch {
          // Nothing is lost: the draft stays where it is and is asked for again after the next sign-in.
        }
      },
      async keep() {
        if (timer) clearTimeout(timer);
        timer = null;
        const { form, aside } = get();
        try {
          const withAside = aside.length > 0 && { aside, asideDay: localDay(deps.now()) };
          const kept = isUntouched(form) && !withAside ? null : { ...form, ...withAside };
          await client.call('draft.save', { draft: kept });
          if (get().form === form) set({ draft: 'kept', keptAt: deps.now() });
        } catch {
          set({ draft: 'failed' });
        }
      },
      async accept() {
        if (get().accepting) return null;
        const { form } = get();
        set({ accepting: true, acceptFailure: null });
        try {
          const record = await client.call('case.accept', {
            commandId: form.commandId,
            draft: toAcceptanceDraft(form, deps.rules(form).catalogue),
            catalogueVersion: form.catalogueVersion,
          });
          set({ accepting: false });
          get().clear();
          return record;
        } catch (error) {
          set({ accepting: false, acceptFailure: toFailure(error) });
          return null;
        }
      },
    };
  });
  client.on('identity.card', ({ card }) => store.getState().cardLaid(card));
  client.on('identity.failed', (failure) => store.getState().cardFailed({ ...failure, details: null }));
  // What could not be kept while the service was away is kept when it is back.
  client.onState((state) => {
    if (state === 'up' && store.getState().draft === 'failed') void store.getState().keep();
  });
  return store;
}
