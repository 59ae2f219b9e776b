/**
 * A ticket (号票) and what can happen to it (domain.md §6). Tickets live one day; their numbers never repeat within it.
 */

/** Where a ticket is served: tax-related, non-tax, the window in the provident-fund hall, the branch (domain.md §6.1). */
export const QUEUES = ['A', 'B', 'G', 'X'] as const;
export type Queue = (typeof QUEUES)[number];

/**
 * Whose turn it is depends on this and on the wait. The reason for priority is not kept (domain.md §6.3).
 * - `pickup`: came back on another day to collect; prefix L
 */
export const TICKET_CLASSES = ['priority', 'appointment', 'enterprise', 'ordinary', 'pickup'] as const;
export type TicketClass = (typeof TICKET_CLASSES)[number];

export const TICKET_STATES = ['WAITING', 'CALLED', 'SERVING', 'HELD', 'FINISHED', 'VOIDED'] as const;
export type TicketState = (typeof TICKET_STATES)[number];

/** First call for what was applied for, or second call to collect what is ready (domain.md §6.5). */
export type CallPurpose = 'intake' | 'pickup';

/** A ticket brought nearer by what happened to it: class 1 of domain.md §6.3, and those sent for a missing paper. */
export const RETURNS = ['transferred', 'resumed', 'back-with-papers', 'raised', 'passed'] as const;
export type Return = (typeof RETURNS)[number];

/** One hour of an appointment, ISO instants. */
export interface Slot {
  from: string;
  to: string;
}

/** Why this number and no other (users.md §C.9). */
export const WHY_RULES = [
  'own-pickup',
  'returned',
  'priority',
  'appointment',
  'enterprise',
  'aged',
  'first-come',
  'after-priorities',
  'chosen',
  'emergency',
  'entered-later',
] as const;
export type WhyRule = (typeof WHY_RULES)[number];

export interface Compared {
  number: string;
  class: TicketClass;
  /** Since `orderAt`; of a pickup, since it was raised. */
  waitedMs: number;
  /** By which rule it would have been called; absent in calls of older programs. */
  rule?: WhyRule | undefined;
  queue?: Queue | undefined;
}

export interface Why {
  rule: WhyRule;
  /** Of the ticket that was called, up to the call: since its place counts (`orderAt`); of a pickup, since it was raised. */
  waitedMs: number;
  /** Of the others that could have been called, in their order, at most five: the first by each rule, then the best. */
  compared: Compared[];
  /** How many could have been called, this one included. */
  eligible: number;
  /** Priority and appointment calls in a row at this window before this one. */
  prioritiesInRow: number;
  /** Calls to collect in a row at this window before this one. */
  pickupsInRow?: number | undefined;
  /** Calls of returned tickets in a row at this window before this one. */
  returnsInRow?: number | undefined;
  /** Of `emergency` and `after-priorities`: the rule of the ticket among those that could be called. */
  lane?: WhyRule | undefined;
  /** Version of the plan that was applied. */
  plan: number;
}

export interface TicketCall {
  at: string;
  purpose: CallPurpose;
  /** Terminal of the window, such as `W03`. */
  terminal: string;
  /** The number over the window. */
  window: number;
  /** Staff number. */
  clerk: string;
  /** 1 for the call, 2 and 3 for recalls; `at` is that of the last. */
  times: number;
  recalledAt: string | null;
  why: Why;
  arrivedAt: string | null;
  /** How it ended; null while it lasts. */
  ended: { at: string; how: 'finished' | 'passed' | 'held' | 'transferred' | 'voided' } | null;
}

export const PICKUP_STATES = ['waiting', 'called', 'serving', 'done', 'missed', 'cancelled'] as const;
export type PickupState = (typeof PICKUP_STATES)[number];

/** The second call: certificates of these cases lie ready (domain.md §6.5). */
export interface Pickup {
  state: PickupState;
  raisedAt: string;
  /** Where they were accepted; called there unless it is paused or closed. */
  terminal: string;
  /** Ready and not collected. */
  cases: string[];
  /** Pickup calls nobody answered, 3 at most. */
  missed: number;
}

export interface TicketRecord {
  id: string;
  version: number;
  /** As it is printed and called: `A015`. */
  number: string;
  prefix: string;
  /** Local day of the hall, ISO. */
  day: string;
  queue: Queue;
  class: TicketClass;
  floor: number;
  state: TicketState;
  itemCode: string | null;
  takenAt: string;
  /** Terminal or hub that gave the number. */
  issuer: string;
  source: TicketSource;
  /** Terminal of the window that may call it when there is no hub. */
  fallback: string | null;
  slot: Slot | null;
  /** Keyed hash of person and item: one live ticket for each. */
  person: string | null;
  /** Long pauses, big type, slow voice (users.md §C.16). */
  elder: boolean;
  /** Cases brought with it: 1, or up to 50 in the green channel. */
  batch: number;
  preReview: string | null;
  appointment: string | null;
  /** Who was sent for a missing paper comes back to this case. */
  backFor: string | null;
  /** What brought it nearer, and since when; null for a ticket that waits in its turn. */
  returned: { how: Return; at: string } | null;
  /** Only this window may call it; null: any that serves its queue. */
  pinned: string | null;
  /** Its place among its equals; `takenAt` unless it was put back. */
  orderAt: string;
  /** Passed before: the second time ends it (`PASS_POLICY`). */
  passes: number;
  heldUntil: string | null;
  heldBy: string | null;
  calls: TicketCall[];
  /** Cases accepted with it. */
  cases: string[];
  pickup: Pickup | null;
  reprints: number;
  /** Why it ended without being served. */
  voidReason: VoidReason | null;
  /** Issued twice, called twice or otherwise contradicted; a person has to look. */
  doubts: string[];
}

export const TICKET_SOURCES = ['kiosk', 'desk', 'window', 'paper-roll', 'import'] as const;
export type TicketSource = (typeof TICKET_SOURCES)[number];

export const VOID_REASONS = ['passed', 'cancelled', 'day-ended', 'mistake', 'sent-back'] as const;
export type VoidReason = (typeof VOID_REASONS)[number];

/** What a ticket is given when it is taken. */
export type TicketTaken = Pick<
  TicketRecord,
  | 'number'
  | 'prefix'
  | 'day'
  | 'queue'
  | 'class'
  | 'floor'
  | 'itemCode'
  | 'takenAt'
  | 'issuer'
  | 'source'
  | 'fallback'
  | 'slot'
  | 'person'
  | 'elder'
  | 'batch'
  | 'preReview'
  | 'appointment'
  | 'backFor'
  | 'pinned'
>;

interface AtWindow {
  at: string;
  terminal: string;
}

export type PassOutcome = { kind: 'requeued'; orderAt: string } | { kind: 'voided' };

/** Bodies of the ops of a ticket, stream `ticket:<uuid>`. Every body carries its own time: it may be entered later. */
export interface TicketBodies {
  'ticket.taken': TicketTaken;
  'ticket.called': AtWindow & { window: number; clerk: string; purpose: CallPurpose; why: Why };
  'ticket.recalled': AtWindow;
  'ticket.arrived': AtWindow;
  /** Not come after the third call. Of a pickup call: the pickup is missed, or waits again. */
  'ticket.passed': AtWindow & { outcome: PassOutcome };
  'ticket.held': AtWindow & { until: string; reason: string };
  /** Called back from hold by its window, or back in the queue. */
  'ticket.resumed': AtWindow;
  'ticket.transferred': AtWindow & {
    queue: Queue;
    floor: number;
    pinned: string | null;
    reason: string;
  };
  'ticket.finished': AtWindow;
  'ticket.voided': { at: string; terminal: string; reason: VoidReason; note: string };
  /** By a supervisor, with a reason. */
  'ticket.raised': { at: string; reason: string };
  'ticket.reprinted': AtWindow;
  /** A case was accepted with this ticket. */
  'ticket.bound': { caseId: string; at: string };
  'ticket.pickup-raised': { caseId: string; at: string; terminal: string };
  /** Collected otherwise: by courier, on another day, or not to be collected. */
  'ticket.pickup-dropped': { caseId: string; at: string };
  /** What two writers said contradicts each other; what was refused is named. */
  'ticket.doubted': { at: string; doubt: string };
  /** How it stands, and counts on, after two hubs have decided about it: by the one that decides now (docs/adr/0064). */
  'ticket.reconciled': { at: string; version: number; ticket: Omit<TicketRecord, 'id' | 'version'> };
}
