import type { StoreApi } from 'zustand/vanilla';
import type { IdentityCard } from '../../../contract/identity.ts';
import type { PreReviewFile } from '../../../contract/rpc/preReview.ts';
import type { MethodInput } from '../../../contract/rpc.ts';
import type { CallPurpose, TicketRecord } from '../../../domain/queue/ticketTypes.ts';
import type { RpcClient } from '../../rpc/client.ts';
import type { FormStore } from '../formStore.ts';
import type { QueueStore } from './queueStore.ts';
import type { Situation, Verb } from './verbs.ts';

/** A card that does not simply open the pre-review of the number in hand asks one question. */
export type ArrivalQuestion = { card: IdentityCard; file: PreReviewFile } & (
  | { kind: 'other-person' }
  | { kind: 'form-begun' }
);

/** A dialog about the number in hand, or about the numbers that wait. */
export type QueueDialog =
  | 'queue-why'
  | 'queue-pause'
  | 'queue-hold'
  | 'queue-finish'
  | 'queue-transfer'
  | 'queue-back'
  | 'queue-send-back'
  | 'queue-void'
  | 'queue-catch-up'
  | 'queue-visits';

export type PreReviewBy = MethodInput<'prereview.get'>['by'];

export interface QueueDesk {
  queue: QueueStore;
  question: StoreApi<{ asked: ArrivalQuestion | null }>;
  situation(): Situation;
  /** F1 to F8, a button, or a key over another program: does it, asks what is missing, or says why not. */
  press(verb: Verb): Promise<void>;
  arrive(): Promise<void>;
  call(ticket: TicketRecord, purpose: CallPurpose): Promise<void>;
  /** The second call of a case's number, if it waits for one. @returns false: this case has no number to call */
  callForCase(caseId: string): boolean;
  /** Called to collect this case, and nobody came. @returns false: this case is not that of the number in hand */
  missForCase(caseId: string): boolean;
  /** Whoever was called to collect is at the window. */
  collects(): Promise<void>;
  /** F3: what was entered for the number and not accepted is kept as a draft, or thrown away. */
  finish(entered: 'aside' | 'clear'): Promise<boolean>;
  /** What was entered for a number that is over, once more in hand. */
  openDraft(ticketId: string): void;
  /** F7 with its reason; what was entered waits with the number. */
  hold(reason: string): Promise<boolean>;
  /** F6: what was entered waits here, should the number come back. */
  transfer(to: Parameters<ReturnType<QueueStore['getState']>['transfer']>[0]): Promise<boolean>;
  /** T10 and the end of a number: what was entered for it is of no use any more. */
  sendBack(reason: string): Promise<boolean>;
  end(input: Parameters<ReturnType<QueueStore['getState']>['void']>[0]): Promise<boolean>;
  openDialog(overlay: QueueDialog): void;
  /** Whether a card laid now belongs to the number in hand and to nothing else. */
  claimsCard(): boolean;
  cardLaid(card: IdentityCard): Promise<void>;
  /** The form in hand is that of the number in hand, and whoever was called is there: a card was laid, or the case accepted. */
  serve(): Promise<void>;
  /** Answers by the number of its key. */
  answer(index: number): Promise<void>;
  dismissQuestion(): void;
  /** From the find box: a slip's number, or the text of its passport. */
  openPreReview(by: PreReviewBy): Promise<boolean>;
}

export interface QueueDeskParts {
  client: RpcClient;
  queue: QueueStore;
  form: FormStore;
  uuid(): string;
  /** By the hub's clock, ms. */
  now(): number;
  serviceUp(): boolean;
  page: {
    showForm(): void;
    showCase(id: string): Promise<void>;
    /** A certificate is handed over to whoever laid this card. */
    handOver(card: IdentityCard): void;
    openOverlay(overlay: QueueDialog): void;
    focusOn(path: string): void;
    focusNext(): void;
  };
}
