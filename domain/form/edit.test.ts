import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printForm } from '../../contract/forms.ts';
import { findFormProblems } from './check.ts';
import { changeField, moveField, resizeField } from './edit.ts';
import { ASSUMED_FORMS } from './forms.ts';
import { layOutForm } from './layout.ts';
import { sampleFor } from './sample.ts';
import type { PrintForm } from './types.ts';

const [certificate] = ASSUMED_FORMS as readonly [PrintForm];

test('one step is a tenth of a millimetre, and only that field moves', () => {
  const moved = moveField(certificate, 3, { x: 1, y: -1 });
  const [before, after] = [certificate.fields[3], moved.fields[3]];
  expect(after).toEqual({ ...before, x: (before?.x ?? 0) + 1, y: (before?.y ?? 0) - 1 });
  expect(moved.fields.filter((_, index) => index !== 3)).toEqual(certificate.fields.filter((_, index) => index !== 3));
});

test('whatever the mouse does, the form stays one that can be kept, in whole tenths', () => {
  const far = fc.double({ min: -5000, max: 5000, noNaN: true });
  fc.assert(
    fc.property(fc.nat(certificate.fields.length - 1), far, far, fc.boolean(), (index, x, y, isMove) => {
      const changed = (isMove ? moveField : resizeField)(certificate, index, { x, y });
      expect(printForm.safeParse(changed).error).toBeUndefined();
    }),
  );
});

test('fields one over the other are named, both of them', () => {
  const [number, year] = certificate.fields;
  const over = changeField(certificate, 1, { x: number?.x ?? 0 });
  expect(findFormProblems(over)).toEqual([{ field: year?.label, problem: 'over-field', other: number?.label }]);
});

test.each(ASSUMED_FORMS)('$name has a sample for every field, and it fits', (form) => {
  // A Han character is as wide as it is high, everything else at most as much.
  const measure = (text: string, _font: unknown, size: number) => [...text].length * size * 3.53;
  expect(() =>
    layOutForm(sampleFor(form), { ...form, fields: form.fields.filter((f) => f.wrap) }, measure),
  ).not.toThrow();
  expect(sampleFor(form).kind).toBe(form.kind);
});
