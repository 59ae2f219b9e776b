import type { CertificateContent } from '../certificate/content.ts';
import type { FormFieldKey } from './types.ts';

/** What is printed in a form; `qr` where the authority uses one. */
export interface FormContent extends CertificateContent {
  qr?: string | undefined;
}

/** @returns the text of every field that has one */
export function fieldTexts(content: FormContent): Map<FormFieldKey, string> {
  const { numberLine, date, rows, qr } = content;
  return new Map<FormFieldKey, string>([
    ['number.province', numberLine.province],
    ['number.year', numberLine.year],
    ['number.place', numberLine.place],
    ['number.sequence', numberLine.sequence],
    ['date.year', date.year],
    ['date.month', date.month],
    ['date.day', date.day],
    ...(qr === undefined ? [] : ([['qr', qr]] as const)),
    ...rows.map(({ key, value }) => [`row.${key}`, value] as const),
  ]);
}
