import type { FormArea, PrintForm } from './types.ts';

/** What is wrong with a form, by the label of the field. */
export interface FormProblem {
  field: string;
  problem: 'outside-page' | 'in-kept-area' | 'twice' | 'too-small' | 'over-field';
  /** The other field, of `over-field`. */
  other?: string;
}

/** The smallest step of type must fit, in 0.1 mm. */
const LEAST_HEIGHT = 32;
/** A symbol smaller than this is not read. */
const LEAST_QR = 120;

/** @returns every fault a person can make in the editor; empty when the form can be printed */
export function findFormProblems(form: PrintForm): FormProblem[] {
  const seen = new Set<string>();
  return form.fields.flatMap((field, index): FormProblem[] => {
    const problems: FormProblem['problem'][] = [];
    if (seen.has(field.key)) problems.push('twice');
    seen.add(field.key);
    const page = { label: '', x: 0, y: 0, width: form.width, height: form.height };
    if (!isInside(field, page)) problems.push('outside-page');
    if (form.keepFree.some((area) => overlap(area, field))) problems.push('in-kept-area');
    const least = field.key === 'qr' ? LEAST_QR : LEAST_HEIGHT;
    if (field.height < least || field.width < least) problems.push('too-small');
    const covered = form.fields.slice(0, index).filter((each) => each.key !== field.key && overlap(each, field));
    return [
      ...problems.map((problem) => ({ field: field.label, problem })),
      ...covered.map(({ label }): FormProblem => ({ field: field.label, problem: 'over-field', other: label })),
    ];
  });
}

function isInside(inner: FormArea, outer: FormArea): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

function overlap(a: FormArea, b: FormArea): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
