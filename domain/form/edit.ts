import type { FormField, PrintForm } from './types.ts';

/** What the form editor does to a field. Lengths in 0.1 mm, always whole: the printer has no finer place. */

const LEAST = 10;

export type FieldChange = Partial<
  Pick<FormField, 'x' | 'y' | 'width' | 'height' | 'size' | 'align' | 'font' | 'vertical' | 'wrap'>
>;

/** @returns the form with one field changed; places are kept on the page, sizes above 1 mm */
export function changeField(form: PrintForm, index: number, change: FieldChange): PrintForm {
  const fields = form.fields.map((field, at) => (at === index ? within({ ...field, ...change }, form) : field));
  return { ...form, fields };
}

/** @param by how far, right and down */
export function moveField(form: PrintForm, index: number, by: { x: number; y: number }): PrintForm {
  const field = form.fields[index];
  return field ? changeField(form, index, { x: field.x + by.x, y: field.y + by.y }) : form;
}

/** The corner at the bottom right is moved, the one at the top left stays. */
export function resizeField(form: PrintForm, index: number, by: { x: number; y: number }): PrintForm {
  const field = form.fields[index];
  if (!field) return form;
  return changeField(form, index, { width: field.width + by.x, height: field.height + by.y });
}

function within(field: FormField, { width, height }: PrintForm): FormField {
  return {
    ...field,
    x: clamp(field.x, 0, width - LEAST),
    y: clamp(field.y, 0, height - LEAST),
    width: clamp(field.width, LEAST, width),
    height: clamp(field.height, LEAST, height),
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, Math.round(value)));
}
