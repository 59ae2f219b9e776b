import type { Queue, TicketClass } from './ticketTypes.ts';

/** A window as it stands in the queue. One stream `window:<uuid of the device>`, written by that terminal alone. */
export const WINDOW_STATES = ['open', 'paused', 'closed'] as const;
export type WindowState = (typeof WINDOW_STATES)[number];

export interface WindowChange {
  /** `W03` */
  terminal: string;
  state: WindowState;
  /** Why it pauses; null unless `paused`. */
  reason: string | null;
  /** Who sits there; null while nobody does. */
  clerk: { id: string; name: string } | null;
  at: string;
}

export interface WindowRecord extends WindowChange {
  id: string;
  version: number;
  /** Since when this state lasts. */
  since: string;
  /** What it was on the local day of its last change, oldest first; absent in records of an older program. */
  history?: { at: string; state: WindowState; reason: string | null }[] | undefined;
}

/** What a window serves. */
export interface PlannedWindow {
  terminal: string;
  /** Over the window, spoken as a number. */
  number: number;
  floor: number;
  /** In the order in which they are served. */
  queues: Queue[];
  /** Green channel for enterprises: E first (domain.md §6.3). */
  green: boolean;
  /** Voice zone. */
  zone: string;
}

export const PASS_POLICIES = ['VOID', 'REQUEUE_3', 'REQUEUE_TAIL'] as const;
export type PassPolicy = (typeof PASS_POLICIES)[number];

/** Rules of the queue as data (domain.md §6.3, 6.4); defaults in `plan.ts`. Times in ms, shares as counts. */
export interface QueuePolicy {
  passPolicy: PassPolicy;
  /** Before a call may be repeated. */
  recallAfterMs: number;
  /** Call and recalls together. */
  maxCalls: number;
  /** After the last call, before it may be passed. */
  passAfterMs: number;
  /** For an elder ticket. */
  elderPassAfterMs: number;
  holdMaxMs: number;
  /** An ordinary ticket that waits longer is raised one class. */
  agedAfterMs: number;
  /** V and Y in a row before one ordinary ticket. */
  maxPrioritiesInRow: number;
  /** Pickup calls in a row before one new acceptance, when somebody waits. */
  maxPickupsInRow: number;
  slotEarlyMs: number;
  slotLateMs: number;
  /** Back with papers on the same day: such calls in a row at a window. */
  maxReturnsInRow: number;
  /** Stop issuing when the estimated wait is longer than the time to closing. */
  stopBeforeClosing: boolean;
  /** Names on screens: off by default (domain.md §6.7). */
  showNames: boolean;
}

/** Who serves what, by which rules. Stream `plan:<uuid>`, one for each hall. */
export interface HallPlan {
  windows: PlannedWindow[];
  policy: QueuePolicy;
}

export interface HallPlanRecord extends HallPlan {
  id: string;
  version: number;
  at: string;
  by: string;
}

/** Queues that give no numbers now, with who said so and why. Stream `issue:<uuid>`, one for each hall. */
export interface IssueStop {
  queue: Queue | 'all';
  reason: string;
  /** Also past the estimate of the wait (SUP may override, domain.md §6.4). */
  force: 'stopped' | 'open';
}

export interface IssueStopsRecord {
  id: string;
  version: number;
  day: string;
  stops: (IssueStop & { at: string; by: string })[];
}

/** A run of numbers that one dispenser alone may give on one day (design.md §5, leases). Stream `lease:<uuid>`. */
export interface Lease {
  /** Device that holds it, and the epoch in which it may use it: a restored copy must not. */
  device: string;
  epoch: number;
  /** Terminal, or `HUB`. */
  holder: string;
  prefix: string;
  /** Local day, ISO. */
  day: string;
  first: number;
  last: number;
}

export interface LeaseRecord extends Lease {
  id: string;
  version: number;
}

/** Silent windows whose tickets a supervisor gave back to the others. Stream `release:<uuid>`. */
export interface WindowRelease {
  terminal: string;
  reason: string;
  at: string;
}

export interface WindowReleaseRecord extends WindowRelease {
  id: string;
  version: number;
  by: string;
}

/** A terminal that signs pre-review passports: its public key, raw Ed25519, base64url. Stream `signer:<uuid of device>`. */
export interface AnnouncedSigner {
  terminal: string;
  publicKey: string;
}

export interface SignerRecord extends AnnouncedSigner {
  id: string;
  version: number;
}

/** A supervisor saw an alarm; `alarm` is its stable name, such as `window-silent:W03`. Stream `alarm:<uuid>`. */
export interface AlarmAcknowledged {
  alarm: string;
  note: string;
  at: string;
}

export interface AlarmRecord extends AlarmAcknowledged {
  id: string;
  version: number;
  by: string;
}

export interface HallBodies {
  'window.changed': WindowChange;
  'plan.changed': HallPlan;
  'issue.changed': { day: string; at: string; stop: IssueStop | null; queue: Queue | 'all' };
  'lease.granted': Lease;
  'release.given': WindowRelease;
  'signer.announced': AnnouncedSigner;
  'alarm.acknowledged': AlarmAcknowledged;
}

/** Which prefix a class has in a queue (domain.md §6.1). */
export interface PrefixRule {
  class: TicketClass;
  prefix: string;
}
