import type { StoreApi } from 'zustand/vanilla';
import type { IdentityCard } from '../../contract/identity.ts';
import type { PlannedVisit } from '../../contract/rpc/visits.ts';
import type { CaseSummary } from '../../contract/rpc.ts';
import type { Refusal } from '../../domain/case/progress.ts';
import type { CasePaperKind } from '../../domain/papers/ofCase/kinds.ts';
import type { TicketSlip } from '../../domain/slip/ticketSlips.ts';
import type { App } from '../app/app.ts';
import type { ScanStore } from '../scan/scanStore.ts';
import type { WindowAct } from './acts/actList.ts';
import type { ActsStore } from './actsStore.ts';
import type { CasesStore, OpenCase } from './casesStore.ts';
import type { CardAnswer } from './form/formActions.ts';
import type { FormRules } from './form/formRules.ts';
import type { FormStore } from './formStore.ts';
import type { PrintStore } from './printStore.ts';
import type { QueueDesk, QueueDialog } from './queue/deskTypes.ts';

/** A dialog about the case on the page. */
export type CaseDialog = Exclude<WindowAct, 'T12'> | 'unmask' | 'remark' | 'overdue';

export type Overlay =
  | 'none'
  | 'find'
  | 'confirm'
  | 'clear'
  | 'preview'
  | 'scan'
  | 'doctor'
  | 'outbox'
  | 'refuse'
  | CaseDialog
  | QueueDialog;

const FORM_OVERLAYS: readonly Overlay[] = ['none', 'find', 'confirm', 'clear', 'preview', 'scan'];

/** While it is open, as over the device doctor, a card is not a new application. */
export function isCaseDialog(overlay: Overlay): boolean {
  return !FORM_OVERLAYS.includes(overlay);
}

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
  /** The slip beside the case; null: the one its state asks for. */
  slip: TicketSlip | null;
  /** The card of whoever stands there to take the certificate. */
  receiverCard: IdentityCard | null;
  /** Photos of the cards laid for the form in hand, by the number on the card: for the clerk's eyes, kept nowhere. */
  photos: Readonly<Record<string, string>>;
  /** Cases that wait for the person on the form: to take a certificate, to bring papers, to pay. */
  returning: CaseSummary[];
}

/** The window role's stores and the acts that touch several of them. */
export interface Workspace {
  app: App;
  form: FormStore;
  cases: CasesStore;
  print: PrintStore;
  acts: ActsStore;
  scan: ScanStore;
  desk: QueueDesk;
  view: StoreApi<ViewState>;
  /** By what the form in hand is judged. */
  rules(): FormRules;
  /** From a loan of the fund to its mortgage: a new form that names the loan, with its borrower and its home. */
  beginMortgage(): void;
  /** A new form for a case at this home. @returns false: another form was begun, and stays */
  beginVisit(visit: PlannedVisit): boolean;
  /** Enter: moves to the first missing thing, or asks to confirm; on a case page what its state asks for. */
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
  /** The act's dialog, or for the refusal what needs none. */
  startAct(act: WindowAct): void;
  /** The n-th act beside the primary one, from 1. */
  startOther(number: number): void;
  /** F12 on the form. */
  startRefusal(): void;
  refuse(refusal: Refusal): Promise<void>;
  /** The n-th case that waits for the person in hand, from 1. */
  openReturning(number: number): void;
  /** The next or previous case of the list on the left. */
  openNext(step: 1 | -1): Promise<void>;
  /** Alt+M: on the form at once, on a case with a reason that is kept. */
  unmask(): void;
  closeOverlay(): void;
  /** The step is done: shows the case as it stands now. */
  afterAct(done: Pick<OpenCase, 'record' | 'summary'>): void;
  /** The paper came out on A4: that the ticket printer could not print it is no matter any more. */
  afterPaper(caseId: string, paper: CasePaperKind): void;
  /** Prints the notice of refusal and, when it is out, ends the case (T12). */
  finishRefusal(): Promise<void>;
}
