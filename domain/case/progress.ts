import type { PauseKind } from '../clock/pauses.ts';
import type { IdKind } from '../identity/idKind.ts';

/** What a case collects on its way after acceptance; every part is written by one reducer of this folder. */

/** A paper that is missing or wrong, as a notice names it (SL3, SL5, SL7). */
export interface MissingPaper {
  /** M-code; absent for something that is in no list. */
  material?: string | undefined;
  text: string;
  why: string;
  /** Where the applicant gets it. */
  where?: string | undefined;
  /** Why it could not be asked for the first time; without it a second notice is a service fault (rule of L1 §17). */
  arisen?: string | undefined;
}

export interface SupplementNotice {
  at: string;
  by: string;
  missing: MissingPaper[];
  /** Local calendar day by which the papers are due, ISO. */
  deadline: string;
  /** ISO instant at which everything was handed in; null while it is out. */
  receivedAt: string | null;
}

export interface PublicNotice {
  at: string;
  by: string;
  text: string;
  /** Last local calendar day of the period, ISO. */
  until: string;
  endedAt: string | null;
}

export interface Refusal {
  /** Of the notice, in a sequence of its own (domain.md §4.8); absent in refusals from before it had one. */
  number?: string | undefined;
  /** 不属于本机构登记范围, 材料不符合法定形式 …: the statutory reason. */
  ground: 'other-registrar' | 'incomplete' | 'not-registrable' | 'other';
  reason: string;
  missing: MissingPaper[];
  /** The registrar who is competent, when it is not this one. */
  competentRegistrar?: string | undefined;
}

/** 不动产登记暂行条例 §22 (1) to (4). */
export type StatutoryGround = 'breaks-law' | 'unresolved-dispute' | 'beyond-term' | 'other';

/** Why it is not registered (T17, T20, T41): what SL12 has to say, and 经过 cannot. */
export interface Rejection {
  ground: StatutoryGround | 'not-supplemented';
  reason: string;
  /** ISO instant. */
  at: string;
  by: string;
}

/** A pause as an op recorded it (domain.md §5.4 rule 7). */
export interface CasePause {
  kind: PauseKind;
  /** ISO instants. */
  from: string;
  to: string | null;
  by: string;
  reason: string;
  /** P5 only: what proves it. */
  proof?: string | undefined;
}

export interface FeeLine {
  /** What is charged: 不动产登记费, 工本费 … */
  name: string;
  class: string;
  count: number;
  unitFen: number;
  /** Reduction or exemption of this line, ≤ count × unitFen. */
  reducedFen: number;
  /** Why it was reduced; needed when it was. */
  reason?: string | undefined;
}

export interface FeeAssessment {
  lines: FeeLine[];
  /** Integer fen after reductions. */
  totalFen: number;
  payer: string;
  by: string;
  at: string;
}

/** Money that came or went, confirmed by the centre; refunds are entries of their own, nothing is deleted. */
export interface PaymentEntry {
  /** The payment's own id. */
  payment: string;
  kind: 'paid' | 'refunded';
  amountFen: number;
  method: PayMethod;
  /** 票号 or the channel's serial. */
  receipt: string;
  at: string;
}

export type PayMethod = 'WECHAT' | 'ALIPAY' | 'CARD' | 'SCAN' | 'CASH';

/** Codes 1, 2, 3, 4, 5, 9 (domain.md §4.11). */
export type VoidReason = 'misprint' | 'jam' | 'stained' | 'wrong-data' | 'test' | 'other';

/** A certificate or proof that the registration gave rise to. */
export interface CertificateRecord {
  /** 证号, given by the centre when the entry was made (T27). */
  number: string;
  kind: 'certificate' | 'proof';
  /** Names of who it is made out to. */
  holders: string[];
  /** 印制号 of the blank it is on; null while it has none. */
  blank: string | null;
  /** Blanks that were spoiled for it, in order. */
  spoiled: { blank: string; reason: VoidReason; note: string; by: string; witness: string; at: string }[];
  printedAt: string | null;
  printedBy: string | null;
}

export interface Receiver {
  name: string;
  idKind: IdKind;
  idNumber: string;
  phone?: string | undefined;
}

export interface Express {
  receiver: string;
  phone: string;
  address: string;
  carrier: string;
  trackingNumber: string;
}

/** How the result left the hall. */
export interface Handover {
  at: string;
  by: string;
  receiver?: Receiver | undefined;
  express?: Express | undefined;
  /** 受理凭证 collected back. */
  slipReturned: boolean;
  proof?: string | undefined;
}

/** One line of 经过: who did what when. */
export interface HistoryEntry {
  /** A transition `T15`, or a lane event `TAX:claim`. */
  step: string;
  at: string;
  by: string;
  to: string;
  note: string | null;
}

/** A second notice for something that could have been asked for the first time (不动产登记暂行条例 §17). */
export interface ServiceFault {
  at: string;
  by: string;
  kind: 'second-notice';
  papers: string[];
}
