import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printForm } from '../../contract/forms.ts';
import { CERTIFICATE, PROOF } from '../../tests/fixtures/certificates.ts';
import { type Measure, PaperOverflow, type PlacedItem } from '../papers/layout/placed.ts';
import { POINT } from '../papers/layout/sheet.ts';
import { findFormProblems } from './check.ts';
import { ASSUMED_FORMS, formsFor } from './forms.ts';
import { inPrintOrder, layOutForm, layOutPreprinted, placeFields } from './layout.ts';
import { gridCrosses, layOutGrid } from './testPages.ts';
import type { FormField, PrintForm } from './types.ts';

/** Chinese fills the em, everything else half of it. */
const measure: Measure = (text, _font, size) =>
  [...text].reduce((sum, character) => sum + (character < '⺀' ? 0.5 : 1), 0) * size * POINT;

const [CERTIFICATE_FORM, PROOF_FORM] = ASSUMED_FORMS as [PrintForm, PrintForm];

type Text = Extract<PlacedItem, { kind: 'text' }>;
const texts = (items: readonly PlacedItem[]): Text[] => items.filter((item) => item.kind === 'text');

const withRow = (key: string, value: string) => ({
  ...CERTIFICATE,
  rows: CERTIFICATE.rows.map((row) => (row.key === key ? { ...row, value } : row)),
});

const textsOf = (content: typeof CERTIFICATE, label: string): Text[] => {
  const placed = placeFields(content, CERTIFICATE_FORM, measure).find(({ field }) => field.label === label);
  return texts(placed?.items ?? []);
};

describe('the forms a hall starts with', () => {
  test.each(ASSUMED_FORMS)(
    '$name is a form as it is stored, without a fault, and says that it was not measured',
    (form) => {
      expect(printForm.parse(form)).toEqual(form);
      expect(findFormProblems(form)).toEqual([]);
      expect(form.measures).toBe('assumed');
    },
  );

  test('have a place for everything that is printed', () => {
    for (const [content, form] of [
      [CERTIFICATE, CERTIFICATE_FORM],
      [PROOF, PROOF_FORM],
    ] as const) {
      const keys = form.fields.map(({ key }) => key);
      for (const row of content.rows) expect(keys).toContain(`row.${row.key}`);
      expect(keys).toEqual(expect.arrayContaining(['number.province', 'number.sequence', 'date.day', 'qr']));
      const printed = texts(layOutForm(content, form, measure).items)
        .map(({ text }) => text)
        .join('');
      for (const { value } of content.rows) expect(printed).toContain(value.split('\n')[0]);
    }
  });

  test('the inner table has the eleven rows in their order', () => {
    const rows = CERTIFICATE_FORM.fields.filter(({ key }) => key.startsWith('row.'));
    expect(rows.map(({ label }) => label)).toEqual(CERTIFICATE.rows.map(({ label }) => label));
    expect(rows.map(({ y }) => y)).toEqual(rows.map(({ y }) => y).sort((a, b) => a - b));
  });

  test('versions stand side by side, the newest first; one of the same id takes the place of the old', () => {
    const newer: PrintForm = { ...CERTIFICATE_FORM, id: 'certificate-single.2030', measures: 'measured' };
    expect(formsFor('certificate', [newer]).map(({ id }) => id)).toEqual([newer.id, CERTIFICATE_FORM.id]);
    const corrected: PrintForm = { ...CERTIFICATE_FORM, measures: 'measured' };
    expect(formsFor('certificate', [corrected])).toEqual([corrected]);
    expect(formsFor('proof', [newer]).map(({ id }) => id)).toEqual([PROOF_FORM.id]);
  });
});

describe('a field', () => {
  test('takes the largest step of type that fits', () => {
    const sizeOf = (length: number) => textsOf(withRow('unit', '单'.repeat(length)), '不动产单元号')[0]?.size;
    // In 118 mm stand 27 characters of 12 points, 31 of 10.5 and 37 of 9.
    expect([27, 28, 31, 32, 37].map(sizeOf)).toEqual([12, 10.5, 10.5, 9, 9]);
  });

  test('is refused by name when it fits in none, and never cut', () => {
    for (const [key, value, label] of [
      ['unit', '单'.repeat(38), '不动产单元号'],
      ['location', '辽源市龙山区'.repeat(40), '坐落'],
      ['remark', '第一行\n'.repeat(12), '附记'],
    ] as const) {
      const error = (() => {
        try {
          return layOutForm(withRow(key, value), CERTIFICATE_FORM, measure);
        } catch (thrown) {
          return thrown;
        }
      })();
      expect(error, label).toBeInstanceOf(PaperOverflow);
      expect(error).toMatchObject({ place: label });
    }
  });

  test('stays in its box and loses nothing, whatever a name is', () => {
    const letters = fc.constantFrom(...'测试甲乙丙丁𠮷·A1（）、');
    const name = fc.array(letters, { minLength: 1, maxLength: 90 }).map((list) => list.join(''));
    fc.assert(
      fc.property(name, (value) => {
        const holder = CERTIFICATE_FORM.fields.find(({ key }) => key === 'row.holder') as FormField;
        const lines = (() => {
          try {
            return textsOf(withRow('holder', value), '权利人');
          } catch (error) {
            expect(error).toBeInstanceOf(PaperOverflow);
            return null;
          }
        })();
        if (lines === null) return;
        expect(lines.map(({ text }) => text).join('')).toBe(value);
        for (const { x, y, text, size } of lines) {
          expect(x).toBeGreaterThanOrEqual(holder.x - 1e-6);
          expect(x + measure(text, 'song', size)).toBeLessThanOrEqual(holder.x + holder.width + 1e-6);
          expect(y - 0.88 * size * POINT).toBeGreaterThanOrEqual(holder.y - 1e-6);
          expect(y + 0.12 * size * POINT).toBeLessThanOrEqual(holder.y + holder.height + 1e-6);
        }
      }),
    );
  });

  test('is printed after everything above it, and in one pass with what stands beside it', () => {
    const at = (label: string, x: number, y: number): FormField => ({
      ...(CERTIFICATE_FORM.fields[0] as FormField),
      label,
      x,
      y,
    });
    const fields = [at('d', 100, 103), at('b', 900, 100), at('a', 100, 101.5), at('c', 500, 102)];
    expect(inPrintOrder(fields).map(({ label }) => label)).toEqual(['a', 'b', 'd', 'c']);
  });
});

describe('a form from the editor', () => {
  const field = CERTIFICATE_FORM.fields[0] as FormField;
  const withField = (changes: Partial<FormField>): PrintForm => ({
    ...CERTIFICATE_FORM,
    fields: [{ ...field, ...changes }],
  });

  test.each([
    ['outside-page', { x: 1820 }],
    ['in-kept-area', { x: 1300, y: 2300 }],
    ['too-small', { height: 20 }],
    ['too-small', { key: 'qr', width: 90, height: 90 }],
  ] as const)('with a field that is %s is refused', (problem, changes) => {
    expect(findFormProblems(withField(changes))).toEqual([{ field: field.label, problem }]);
  });

  test('with a field twice is refused', () => {
    const twice = { ...CERTIFICATE_FORM, fields: [field, { ...field, y: field.y + 60 }] };
    expect(findFormProblems(twice)).toEqual([{ field: field.label, problem: 'twice' }]);
  });
});

test('what the paper has already is drawn apart from what is printed on it', () => {
  const preprinted = texts(layOutPreprinted(CERTIFICATE_FORM, measure).items).map(({ text }) => text);
  expect(preprinted).toEqual(expect.arrayContaining(['权利人', '登记机构（章）']));
  expect(texts(layOutForm(CERTIFICATE, CERTIFICATE_FORM, measure).items).map(({ text }) => text)).not.toContain(
    '权利人',
  );
});

test('the crosses of the grid are 20 mm apart and the three that are measured are named', () => {
  const crosses = gridCrosses({ width: 1850, height: 2600 });
  expect(crosses[0]).toEqual({ x: 200, y: 200 });
  expect(crosses.at(-1)).toEqual({ x: 1600, y: 2400 });
  expect(crosses).toHaveLength(8 * 12);
  expect(texts(layOutGrid({ width: 1850, height: 2600 }, measure).items).map(({ text }) => text)).toEqual([
    '20, 20',
    '160, 240',
    '160, 20',
  ]);
});
