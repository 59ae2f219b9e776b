import { ENDED_STATES } from '../../case/states.ts';
import type { CaseRecord, Party } from '../../case/types.ts';
import { findItem } from '../../catalogue/catalogue.ts';
import type { Catalogue, Item } from '../../catalogue/types.ts';
import { ID_KIND_NAMES } from '../../certificate/codes.ts';
import { formatUnitNumber } from '../../numbers/unitNumber.ts';
import { hallMinute } from '../../time/hallTime.ts';
import type { PaperClerk, PaperContext, PaperParty } from '../parts/parts.ts';
import type { Remedies } from '../refusal.ts';

/** What the papers of a case are told beside the case itself. */
export interface CaseFacts extends PaperContext {
  remedies: Remedies;
  /** Moment of making, hall time `2018-05-23 09:00`. */
  at: string;
  /** Under which the case was accepted: its names stay. */
  catalogue: Catalogue;
  /** 承诺办结时间, from `promisedTime`; null for an item without a known promise. */
  promisedBy: string | null;
  /** Name of a member of staff; the number itself when nobody knows it. */
  nameOf(number: string): string;
  /** The window whose blank it was; null when this machine does not know. */
  windowOfBlank(serial: string): string | null;
  /** Every case on this transfer list. */
  transferred(list: string): readonly CaseRecord[];
}

export function itemOf({ acceptance }: CaseRecord, { catalogue }: CaseFacts): Item | null {
  return findItem(acceptance.itemCode, catalogue) ?? null;
}

export function itemName(record: CaseRecord, facts: CaseFacts): string {
  return itemOf(record, facts)?.name ?? record.acceptance.itemCode;
}

/** A refused application was not taken, unless the law takes it for accepted (T11 without a notice). */
export function isTaken({ refusal, history }: CaseRecord): boolean {
  return refusal === null || history.some((entry) => entry.step === 'T11');
}

/** Taken, and nothing has ended it yet. */
export function isUnderWay(record: CaseRecord): boolean {
  return isTaken(record) && !ENDED_STATES.includes(record.state);
}

export function asksFor(record: CaseRecord, facts: CaseFacts, material: string): boolean {
  return itemOf(record, facts)?.materials.some((each) => each.material === material) ?? false;
}

export function applicants({ acceptance }: CaseRecord): Party[] {
  return acceptance.parties.filter((party) => party.role !== 'agent');
}

export function partiesAs({ acceptance }: CaseRecord, role: Party['role']): Party[] {
  return acceptance.parties.filter((party) => party.role === role);
}

/** Numbers whole: the builder of the paper masks them. */
export function toPaperParty({ name, kind, idKind, idNumber, phone = '' }: Party): PaperParty {
  return { name, kind, idKind: ID_KIND_NAMES[idKind], idNumber, phone };
}

export function unitOf({ acceptance: { property } }: CaseRecord): string {
  return property.unitNumber ? formatUnitNumber(property.unitNumber) : '';
}

export function clerkOf(number: string, { nameOf }: CaseFacts): PaperClerk {
  return { id: number, name: nameOf(number) };
}

export function windowOf(window: string): string {
  return `${window}窗口`;
}

/** @param iso instant @returns hall time `2018-05-23 09:00` */
export function minuteOf(iso: string): string {
  return hallMinute(Date.parse(iso));
}

export function dayOf(iso: string): string {
  return minuteOf(iso).slice(0, 10);
}

/** What nearly every paper says of its case. */
export function headOf(record: CaseRecord, facts: CaseFacts) {
  const { acceptance } = record;
  return {
    caseNumber: acceptance.number,
    item: itemName(record, facts),
    applicants: applicants(record).map(toPaperParty),
    location: acceptance.property.location,
    unitNumber: unitOf(record),
    acceptedAt: minuteOf(record.acceptedAt),
    clerk: { id: acceptance.clerk.id, name: acceptance.clerk.name },
  };
}
