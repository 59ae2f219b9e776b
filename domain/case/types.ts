import type { MaterialCondition, MaterialForm, ProjectKind } from '../catalogue/types.ts';
import type { AcceptanceDetails, PartyDetails, PropertyDetails } from './details.ts';
import type { CaseState, TransitionId } from './transitions.ts';

/** Where a value came from: shown beside it, and never lost. */
export type Origin = 'card' | 'typed' | 'pre-review' | 'centre';

/** 证件种类 (domain.md §4.10). */
export type IdKind = 'resident' | 'hmt-residence' | 'permanent-residence' | 'credit-code' | 'other';

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
  hall: string;
  clerk: { id: string; name: string };
  parties: Party[];
  property: Property;
  conditions: MaterialCondition[];
  materials: MaterialTaken[];
  note?: string | undefined;
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

export type SlipKind = 'acceptance';

/** The projection of a case: the state after all its ops. */
export interface CaseRecord {
  id: string;
  version: number;
  state: CaseState;
  /** ISO instant of acceptance at the terminal. */
  acceptedAt: string;
  acceptance: Acceptance;
  slips: PrintedSlip[];
}
