import type { Encumbrance } from '../../../domain/case/details.ts';
import type { CaseLink, Party } from '../../../domain/case/types.ts';
import type { MaterialCondition, MaterialForm, ProjectKind } from '../../../domain/catalogue/types.ts';
import type { Fields } from './fields.ts';

/** One person or organisation of the form in hand. What is typed is always a string here; empty means none. */
export interface FormParty extends Party {
  /** Stable within the form; key of lists and focus. */
  key: string;
  phone: string;
  share: string;
  bankNumber: string;
}

export interface FormMaterial {
  form: MaterialForm;
  copies: number;
  pages: number;
  /** Ticked by the program because a card was read; the clerk may untick it. */
  byCard: boolean;
}

/** The pre-review the form was opened from. */
export interface OpenedPreReview {
  id: string;
  /** 预审编号 */
  number: string;
  at: string;
  /** `passport`: its record has not come, only the slip is known. */
  origin: 'record' | 'passport';
  /** Whether each paper was there, by material code. */
  brought: Record<string, boolean>;
  /** Why it was sent back before, the last time; null: never. */
  sentBack: string | null;
}

/** The home visit at which the form is filled in (上门服务). */
export interface BegunVisit {
  appointment: string;
  /** Local day for which it was planned, ISO. */
  day: string;
  address: string;
}

/** A person or organisation half typed in: leaving the panel loses nothing. */
export type HandValues = Pick<Party, 'role' | 'kind' | 'name' | 'idKind' | 'idNumber'>;

export const EMPTY_HAND: HandValues = { role: 'holder', kind: 'person', name: '', idKind: 'resident', idNumber: '' };

/** Everything the clerk entered. Plain data: it is kept by `draft.save` and comes back after a crash. */
export interface FormState {
  /** Made once per form: a repeated `case.accept` with it gives the same case (contract/rpc.ts). */
  commandId: string;
  itemCode: string;
  /** Of the catalogue in force when the form was begun; it is kept when a newer one comes. Empty: not begun. */
  catalogueVersion: string;
  /** Asked for D01 only; kept when another item is looked at. */
  projectKind: ProjectKind | null;
  parties: FormParty[];
  location: string;
  /** As typed, with spaces. */
  unitNumber: string;
  /** 原证号 as typed; empty means none. */
  certificate: string;
  /** What only some items ask for; kept when another item is looked at. */
  fields: Fields;
  /** What the register holds against the unit, as the clerk saw it. */
  encumbrances: Encumbrance[];
  /** The loan this mortgage secures, or the transfer a loan waits for. */
  link: Pick<CaseLink, 'caseId' | 'number'> | null;
  /** The clerk's own answers; conditions that follow from the parties are not stored. */
  answers: Partial<Record<MaterialCondition, boolean>>;
  /** By material code; what the chosen item does not ask for is kept but not sent. */
  materials: Record<string, FormMaterial>;
  note: string;
  /** The number with which the applicant was called. */
  ticket: { id: string; number: string } | null;
  preReview: OpenedPreReview | null;
  /** At a home nobody holds a number. */
  visit: BegunVisit | null;
  /** What stands in the hand-entry panel and was not added yet. */
  hand: HandValues;
}

export function emptyForm(commandId: string): FormState {
  return {
    commandId,
    itemCode: '',
    catalogueVersion: '',
    projectKind: null,
    parties: [],
    location: '',
    unitNumber: '',
    certificate: '',
    fields: {},
    encumbrances: [],
    link: null,
    answers: {},
    materials: {},
    note: '',
    ticket: null,
    preReview: null,
    visit: null,
    hand: EMPTY_HAND,
  };
}

/** True when nothing would be lost by leaving: a number alone is called again. */
export function isUntouched(form: FormState): boolean {
  return (
    form.itemCode === '' &&
    form.parties.length === 0 &&
    form.location.trim() === '' &&
    form.unitNumber.trim() === '' &&
    form.certificate.trim() === '' &&
    form.note.trim() === '' &&
    form.hand.name.trim() === '' &&
    form.hand.idNumber.trim() === '' &&
    form.encumbrances.length === 0 &&
    form.link === null &&
    Object.values(form.fields).every((typed) => typed.trim() === '') &&
    Object.keys(form.materials).length === 0
  );
}
