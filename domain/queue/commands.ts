import type { HallPlan, IssueStop } from './hallTypes.ts';
import type { CallPurpose, Queue, TicketClass, TicketSource, VoidReason } from './ticketTypes.ts';

/** What a person at a terminal asks of the queue. The hub decides; without it the terminal does, within less. */
export type QueueCommand =
  | TakeTicket
  /** Who is next at this window; `purpose` `pickup` calls only somebody who collects. */
  | { kind: 'next'; purpose?: CallPurpose | undefined }
  /** This one: called back from hold, or a pickup again. */
  | { kind: 'call'; ticketId: string; purpose: CallPurpose }
  | { kind: 'recall'; ticketId: string }
  | { kind: 'arrive'; ticketId: string }
  | { kind: 'pass'; ticketId: string }
  | { kind: 'hold'; ticketId: string; reason: string }
  | { kind: 'finish'; ticketId: string }
  | {
      kind: 'transfer';
      ticketId: string;
      queue: Queue;
      /** Terminal of a window, or null for the queue. */
      to: string | null;
      reason: string;
    }
  | { kind: 'void'; ticketId: string; reason: VoidReason; note: string }
  /** T10: back to pre-review, with what is missing. */
  | { kind: 'send-back'; ticketId: string; reason: string }
  | { kind: 'reprint'; ticketId: string }
  | { kind: 'drop-pickup'; ticketId: string; caseId: string }
  /** Of a supervisor. */
  | { kind: 'raise'; ticketId: string; reason: string }
  | { kind: 'plan'; plan: HallPlan }
  | { kind: 'issue'; queue: Queue | 'all'; stop: IssueStop | null }
  | { kind: 'release'; terminal: string; reason: string }
  | { kind: 'acknowledge'; alarm: string; note: string }
  | { kind: 'contact'; workOrder: string; note: string }
  | { kind: 'settle'; workOrder: string; result: 'fixed' | 'explained' | 'unreachable'; note: string }
  | { kind: 'cancel-appointment'; appointment: string; reason: string }
  /** Did not come; only after the slot is over. */
  | { kind: 'miss-appointment'; appointment: string }
  /** What was torn from the paper roll while nothing worked, entered afterwards. */
  | { kind: 'catch-up'; rows: CatchUpRow[] }
  /** Numbers to give without the hub; the same again answers the same lease. */
  | { kind: 'lease'; prefixes: string[]; day: string; epoch: number };

export interface TakeTicket {
  kind: 'take';
  queue: Queue;
  class: TicketClass;
  itemCode: string | null;
  person: string | null;
  elder: boolean;
  batch: number;
  preReview: string | null;
  appointment: string | null;
  backFor: string | null;
  /** Of a pickup on another day: the window of acceptance. */
  pinned: string | null;
  source: TicketSource;
}

/** One number of the paper roll. Times are ISO instants; null: did not happen. */
export interface CatchUpRow {
  number: string;
  queue: Queue;
  takenAt: string;
  calledAt: string | null;
  finishedAt: string | null;
}
