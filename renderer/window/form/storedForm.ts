import type { Encumbrance } from '../../../domain/case/details.ts';
import { FIELD_PATHS, type Fields } from './fields.ts';
import {
  type BegunVisit,
  EMPTY_HAND,
  type FormMaterial,
  type FormParty,
  type FormState,
  type HandValues,
  type OpenedPreReview,
} from './formState.ts';

/**
 * Reads a form kept by `draft.save`. Tolerant: a draft of an older version must never stop the window, so a part that
 * does not fit is left out and the rest comes back.
 * @returns null when nothing usable is there
 */
export function readStoredForm(stored: Record<string, unknown> | null): FormState | null {
  if (!stored || typeof stored.commandId !== 'string' || !/^[0-9a-f-]{36}$/.test(stored.commandId)) return null;
  return {
    commandId: stored.commandId,
    itemCode: text(stored.itemCode),
    catalogueVersion: text(stored.catalogueVersion),
    projectKind: stored.projectKind === 'INDUSTRIAL' || stored.projectKind === 'DEVELOPER' ? stored.projectKind : null,
    parties: Array.isArray(stored.parties) ? stored.parties.filter(isParty).map(withTexts) : [],
    location: text(stored.location),
    unitNumber: text(stored.unitNumber),
    certificate: text(stored.certificate),
    fields: fieldsOf(stored.fields),
    encumbrances: Array.isArray(stored.encumbrances) ? stored.encumbrances.filter(isEncumbrance) : [],
    link: hasTexts(stored.link, ['caseId', 'number']) ? (stored.link as FormState['link']) : null,
    answers: isObject(stored.answers) ? (stored.answers as FormState['answers']) : {},
    materials: isObject(stored.materials)
      ? Object.fromEntries(
          Object.entries(stored.materials).filter((entry): entry is [string, FormMaterial] => isMaterial(entry[1])),
        )
      : {},
    note: text(stored.note),
    ticket: hasTexts(stored.ticket, ['id', 'number']) ? (stored.ticket as FormState['ticket']) : null,
    preReview: isPreReview(stored.preReview) ? stored.preReview : null,
    visit: isVisit(stored.visit) ? stored.visit : null,
    hand: isHand(stored.hand) ? stored.hand : EMPTY_HAND,
  };
}

/**
 * Forms of numbers that were held, kept beside the one in hand. Numbers end with their day, and what was entered for them.
 * @param today local calendar day, ISO
 */
export function readFormsAside(stored: Record<string, unknown> | null, today: string): FormState[] {
  if (!stored || !Array.isArray(stored.aside) || stored.asideDay !== today) return [];
  return stored.aside.flatMap((each) => (isObject(each) ? (readStoredForm(each) ?? []) : []));
}

/** A party kept before shares and cards were asked for. */
function withTexts(party: FormParty): FormParty {
  return { ...party, share: text(party.share), bankNumber: text(party.bankNumber) };
}

function fieldsOf(stored: unknown): Fields {
  if (!isObject(stored)) return {};
  return Object.fromEntries(
    FIELD_PATHS.flatMap((path) => (typeof stored[path] === 'string' ? [[path, stored[path]]] : [])),
  );
}

const ENCUMBRANCES: readonly unknown[] = ['seal', 'objection', 'notice', 'mortgage'] satisfies Encumbrance[];

function isEncumbrance(value: unknown): value is Encumbrance {
  return ENCUMBRANCES.includes(value);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasTexts(value: unknown, names: readonly string[]): value is Record<string, unknown> {
  return isObject(value) && names.every((name) => typeof value[name] === 'string');
}

function isPreReview(value: unknown): value is OpenedPreReview {
  return hasTexts(value, ['id', 'number', 'at', 'origin']) && isObject(value.brought);
}

function isVisit(value: unknown): value is BegunVisit {
  return hasTexts(value, ['appointment', 'day', 'address']);
}

function isHand(value: unknown): value is HandValues {
  return hasTexts(value, ['role', 'kind', 'name', 'idKind', 'idNumber']);
}

function isParty(value: unknown): value is FormParty {
  return (
    isObject(value) &&
    isHand(value) &&
    hasTexts(value, ['key', 'origin', 'phone']) &&
    'overrides' in value &&
    Array.isArray(value.overrides)
  );
}

function isMaterial(value: unknown): value is FormMaterial {
  return isObject(value) && typeof value.form === 'string' && Number.isInteger(value.copies);
}
