import type { Measure, PlacedItem, PlacedPage } from '../papers/layout/placed.ts';
import { PaperOverflow } from '../papers/layout/placed.ts';
import { POINT } from '../papers/layout/sheet.ts';
import { type WrappedLine, wrapText } from '../papers/layout/wrap.ts';
import { type FormContent, fieldTexts } from './fieldTexts.ts';
import { FORM_STEPS, type FormArea, type FormField, type PrintForm } from './types.ts';

/** Height of a line against its type: the boxes of a form are lower than the lines of a paper. */
const LEADING = 1.25;
/** The em box stands this far above the baseline. */
const ASCENT = 0.88;
/** Fields whose tops differ less are printed in one pass of the head (devices.md §3.2). */
const SAME_PASS = 2;
const RULE_WIDTH = 2;
/** Of an area that is kept free, in points. */
const LABEL = 9;

export interface FormLayoutOptions {
  /** A printer that sets its own type has one size only. */
  steps?: readonly number[] | undefined;
}

/** One field as it will be printed. */
export interface PlacedField {
  field: FormField;
  items: PlacedItem[];
}

/**
 * Every field of a form at its place, from top to bottom and from left to right: the head never has to go back.
 * @throws PaperOverflow naming the field that fits in no step of type
 */
export function placeFields(
  content: FormContent,
  form: PrintForm,
  measure: Measure,
  { steps = FORM_STEPS }: FormLayoutOptions = {},
): PlacedField[] {
  const texts = fieldTexts(content);
  return inPrintOrder(form.fields).map((field) => ({
    field,
    items: placeField(field, texts.get(field.key) ?? '', measure, steps),
  }));
}

/** What is printed on the form. @throws as placeFields */
export function layOutForm(
  content: FormContent,
  form: PrintForm,
  measure: Measure,
  options?: FormLayoutOptions,
): PlacedPage {
  const items = placeFields(content, form, measure, options).flatMap((placed) => placed.items);
  return { width: form.width, height: form.height, items };
}

/** What the form has already: below the preview, and on plain paper for a test. */
export function layOutPreprinted(form: PrintForm, measure: Measure): PlacedPage {
  const rules = form.preprinted.rules.map(
    (rule): PlacedItem => ({ kind: 'line', ...rule, width: RULE_WIDTH, dashed: false }),
  );
  const areas = form.keepFree.flatMap((area) => outline(area));
  const seals = form.keepFree.map(({ label, ...area }) => ({ ...area, text: label, size: LABEL }));
  const words = [...form.preprinted.words, ...seals].map(({ text, size, ...box }): PlacedItem => {
    const width = measure(text, 'song', size);
    const x = box.x + (box.width - width) / 2;
    const y = box.y + (box.height - size * POINT) / 2 + size * POINT * ASCENT;
    return { kind: 'text', x, y, text, font: 'song', size, spread: 0 };
  });
  return { width: form.width, height: form.height, items: [...rules, ...areas, ...words] };
}

function outline({ x, y, width, height }: FormArea): PlacedItem[] {
  const [right, bottom] = [x + width, y + height];
  const sides = [
    [x, y, right, y],
    [right, y, right, bottom],
    [right, bottom, x, bottom],
    [x, bottom, x, y],
  ] as const;
  return sides.map(([x1, y1, x2, y2]) => ({ kind: 'line', x1, y1, x2, y2, width: RULE_WIDTH, dashed: true }));
}

/** By y and then by x; what differs by less than 0.2 mm from the first of its row belongs to the row. */
export function inPrintOrder(fields: readonly FormField[]): FormField[] {
  const rows: { y: number; fields: FormField[] }[] = [];
  for (const field of [...fields].sort((a, b) => a.y - b.y)) {
    const row = rows.at(-1);
    if (row && field.y - row.y < SAME_PASS) row.fields.push(field);
    else rows.push({ y: field.y, fields: [field] });
  }
  return rows.flatMap((row) => row.fields.sort((a, b) => a.x - b.x));
}

function placeField(field: FormField, text: string, measure: Measure, steps: readonly number[]): PlacedItem[] {
  if (text === '') return [];
  if (field.key === 'qr') {
    const size = Math.min(field.width, field.height);
    return [{ kind: 'qr', x: field.x, y: field.y, size, data: text }];
  }
  const { size, lines } = fitField(field, text, measure, steps);
  const line = size * POINT * LEADING;
  // The space between lines stands between lines only: a field of one line is as high as its type.
  const height = line * (lines.length - 1) + size * POINT;
  const top = field.vertical === 'top' ? field.y : field.y + (field.height - height) / 2;
  return lines.flatMap((each, index): PlacedItem[] => {
    if (each.text === '') return [];
    const slack = field.width - each.width;
    const shift = field.align === 'left' ? 0 : field.align === 'right' ? slack : slack / 2;
    const y = top + index * line + size * POINT * ASCENT;
    return [{ kind: 'text', x: field.x + shift, y, text: each.text, font: field.font, size, spread: 0 }];
  });
}

function fitField(
  field: FormField,
  text: string,
  measure: Measure,
  steps: readonly number[],
): { size: number; lines: WrappedLine[] } {
  const { font, width, wrap } = field;
  const usable = steps.filter((step) => step <= field.size);
  for (const size of usable.length > 0 ? usable : steps) {
    const lines = wrapText(text, size, { font, width: wrap ? width : Number.POSITIVE_INFINITY }, measure);
    const height = size * POINT * (LEADING * (lines.length - 1) + 1);
    if (height <= field.height && lines.every((line) => line.width <= width)) return { size, lines };
  }
  throw new PaperOverflow(field.label);
}
