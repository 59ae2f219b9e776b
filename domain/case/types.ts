import type { MaterialCondition, MaterialForm, ProjectKind } from '../catalogue/types.ts';
import type { GreenChannel } from '../clock/caseClock.ts';
import type { IdKind } from '../identity/idKind.ts';
import type { AcceptanceDetails, PartyDetails, PropertyDetails } from './details.ts';
import type { LaneTasks, Route } from './lanes.ts';
import type {
  CasePause,
  CertificateRecord,
  FeeAssessment,
  Handover,
  HistoryEntry,
  PaymentEntry,
  PublicNotice,
  Refusal,
  Rejection,
  ServiceFault,
  SupplementNotice,
} from './progress.ts';
import type { CaseState } from './states.ts';
import type { TransitionId } from './transitions.ts';

/** Where a value came from: shown beside it, and never lost. */
export type Origin = 'card' | 'typed' | 'pre-review' | 'centre';

export type PartyRole = 'holder' | 'obligor' | 'agent';

/** A warning a clerk acknowledged, with the reason; it stays with the case. */
export interface Override {
  code: 'card-expired' | 'id-check-digit' | 'credit-code-check-digit' | 'card-unread';
  reason: string;
}

export interface Party extends PartyDetails {
  role: PartyRole;
  kind: 'person' | 'organisation';
  name: string;
  idKind: IdKind;
  idNumber: string;
  origin: Origin;
  phone?: string | undefined;
  address?: string | undefined;
  /** ISO date; absent for 长期 or when no card was read. */
  cardValidTo?: string | undefined;
  overrides: Override[];
}

export interface Property extends PropertyDetails {
  /** 28 characters; absent when the unit has no number yet. */
  unitNumber?: string | undefined;
  location: string;
  /** 原证号: the existing right's certificate or proof; absent when none was brought. */
  certificate?: { number: string /** From before the unified registration. */; legacy: boolean } | undefined;
}

export interface MaterialTaken {
  code: string;
  form: MaterialForm;
  copies: number;
  pages: number;
}

/** The body of `case.accepted`: everything a receipt, a reviewer or a court later needs. */
export interface Acceptance extends AcceptanceDetails {
  number: string;
  itemCode: string;
  /** Only for an item whose promised time depends on it (D01). */
  projectKind?: ProjectKind | undefined;
  catalogueVersion: string;
  /** The legal steps this one op carries, in order. */
  path: TransitionId[];
  source: 'window' | 'entrusted' | 'pf-hall' | 'home-visit' | 'branch';
  window: string;
  /** Set for a mortgage taken in at a window of the enterprises' green channel (S34, S37). */
  greenChannel?: GreenChannel | undefined;
  hall: string;
  clerk: { id: string; name: string };
  parties: Party[];
  property: Property;
  conditions: MaterialCondition[];
  materials: MaterialTaken[];
  note?: string | undefined;
  /** The number with which the applicant was called; called again for the pickup (S38). */
  ticket?: { id: string; number: string } | undefined;
  /** The pre-review it was accepted from. */
  preReview?: string | undefined;
  /** The home visit at which it was taken in (上门服务, S46). */
  appointment?: string | undefined;
  link?: CaseLink | undefined;
}

export interface PrintedSlip {
  slip: SlipKind;
  /** 1 for the first print; anything above is marked 重打. */
  print: number;
  at: string;
  by: string;
  /** What the printer told us: a process id came back, or only that the bytes left. */
  confirmation: 'device' | 'sent';
}

/** Slips for the ticket printer or an A4 printer (domain.md §3.7); their titles are in domain/papers. */
export const SLIP_KINDS = [
  'acceptance',
  'refusal',
  'inquiry',
  'supplement-notice',
  'public-notice',
  'payment-notice',
  'pickup-notice',
  'issue-record',
  'express-slip',
  'rejection',
  'withdrawal',
  'transfer-list',
  'blank-register',
  'tax-contact',
  'one-time-notice',
  'pre-review-pass',
  'application',
  'loss-statement',
] as const;

export type SlipKind = (typeof SLIP_KINDS)[number];

/** The case whose fate this one shares: a provident-fund loan and its mortgage (domain.md §2.9). */
export interface CaseLink {
  /** Id of the other case. */
  caseId: string;
  /** Its 受理编号. */
  number: string;
  /** The loan contract, as the provident-fund centre numbers it. */
  contractNumber?: string | undefined;
}

/** The projection of a case: the state after all its ops. Papers printed, scans and notes are streams of their own. */
/** The window that may go on with a case by itself, and how often it has changed hands. */
export interface CaseOwner {
  window: string;
  fence: number;
}

export interface CaseRecord {
  id: string;
  version: number;
  state: CaseState;
  /** ISO instant at which the window took the application: acceptance, or the hour a refusal counts from. */
  acceptedAt: string;
  acceptance: Acceptance;
  /** Set when the window refused it (T12); without a printed notice it counts as accepted. */
  refusal: Refusal | null;
  /** Null until it is dispatched (T14). */
  route: Route | null;
  lanes: LaneTasks;
  pauses: CasePause[];
  supplements: SupplementNotice[];
  notices: PublicNotice[];
  /** Set by T17, T20 and T41; absent in every other case. */
  rejection?: Rejection | undefined;
  fee: FeeAssessment | null;
  payments: PaymentEntry[];
  certificates: CertificateRecord[];
  /** ISO instant of the entry in the register: it completes the registration (不动产登记暂行条例 §21). */
  bookedAt: string | null;
  pickup: { window: string; at: string; calls: number } | null;
  handover: Handover | null;
  /** Number of the transfer list it was archived with. */
  archive: { list: string; at: string } | null;
  serviceFaults: ServiceFault[];
  /** Absent: it was never moved to another window (ownership.ts). */
  owner?: CaseOwner | undefined;
  history: HistoryEntry[];
}

/** A case as pages get it: with the slips that were printed for it. */
export interface CaseFile extends CaseRecord {
  slips: PrintedSlip[];
}

/** The acceptance inside the body of the op that opened a case. */
export function acceptanceIn(body: Acceptance | { acceptance: Acceptance }): Acceptance {
  return 'acceptance' in body ? body.acceptance : body;
}
