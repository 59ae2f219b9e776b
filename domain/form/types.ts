import type { CertificateContent, CertificateRowKey } from '../certificate/content.ts';
import type { PaperFont } from '../papers/layout/placed.ts';

/**
 * A preprinted form as data: where each field is printed, in 0.1 mm from the top left corner of the sheet as it lies in
 * the printer. A hall corrects the places to its own stock; nothing here knows a printer.
 */
export interface PrintForm {
  /** `certificate-single.2015`: what it is and which print of it; versions stand side by side while old stock is used up. */
  id: string;
  /** For people: 不动产权证书（单一版）. */
  name: string;
  kind: CertificateContent['kind'];
  width: number;
  height: number;
  /** `assumed`: plausible, to be taken from the authority's form before the first certificate (domain.md §10.4). */
  measures: 'assumed' | 'measured';
  fields: FormField[];
  /** Nothing may be printed here: the seal. */
  keepFree: FormArea[];
  /** What the paper has already; drawn in the preview and on plain paper, never on the form. */
  preprinted: { rules: FormRule[]; words: FormWords[] };
}

export interface FormArea {
  /** For people, in errors and in the editor. */
  label: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface FormField extends FormArea {
  key: FormFieldKey;
  font: PaperFont;
  /** The largest step that is tried; see FORM_STEPS. */
  size: FormStep;
  align: 'left' | 'center' | 'right';
  vertical: 'top' | 'middle';
  /** Breaks into lines; otherwise the text stays on one. */
  wrap: boolean;
}

export interface FormRule {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

/** Preprinted words, in the middle of their box. */
export interface FormWords {
  text: string;
  x: number;
  y: number;
  width: number;
  height: number;
  size: number;
}

/** Sizes of type in points; what fits in none is refused, never cut (domain.md §4.13). */
export const FORM_STEPS = [12, 10.5, 9] as const;
export type FormStep = (typeof FORM_STEPS)[number];

export const FORM_FIELD_KEYS = [
  'number.province',
  'number.year',
  'number.place',
  'number.sequence',
  'date.year',
  'date.month',
  'date.day',
  'qr',
  'row.right',
  'row.holder',
  'row.obligor',
  'row.co-ownership',
  'row.location',
  'row.unit',
  'row.right-type',
  'row.right-nature',
  'row.use',
  'row.area',
  'row.term',
  'row.other',
  'row.remark',
] as const satisfies readonly (
  | `number.${keyof CertificateContent['numberLine']}`
  | `date.${keyof CertificateContent['date']}`
  | `row.${CertificateRowKey}`
  | 'qr'
)[];
export type FormFieldKey = (typeof FORM_FIELD_KEYS)[number];
