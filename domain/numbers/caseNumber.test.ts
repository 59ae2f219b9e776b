import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatCaseNumber, parseCaseNumber } from './caseNumber.ts';

test('the sample of domain.md §4.8', () => {
  expect(formatCaseNumber('2018-05-23', '07', 12)).toBe('20180523070012');
  const parts = { day: '2018-05-23', terminal: '07', sequence: 12 };
  expect(parseCaseNumber('20180523070012')).toEqual({ ok: true, number: '20180523070012', kind: '', ...parts });
});

test('the provident fund has G before, a pre-review Y', () => {
  expect(formatCaseNumber('2018-05-23', '31', 1, 'G')).toBe('G20180523310001');
  expect(formatCaseNumber('2018-05-23', '21', 7, 'Y')).toBe('Y20180523210007');
  expect(parseCaseNumber(' g2018 0523 310001')).toMatchObject({ ok: true, kind: 'G', number: 'G20180523310001' });
});

test('two places, days or sequences never give one number', () => {
  const parts = fc.record({
    day: fc
      .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10)),
    terminal: fc.stringMatching(/^\d{2}$/),
    kind: fc.constantFrom('' as const, 'G' as const, 'Y' as const),
    sequence: fc.integer({ min: 1, max: 9999 }),
  });
  fc.assert(
    fc.property(parts, ({ day, terminal, sequence, kind }) => {
      const number = formatCaseNumber(day, terminal, sequence, kind);
      expect(number).toMatch(/^[GY]?\d{14}$/);
      expect(parseCaseNumber(number)).toEqual({ ok: true, number, kind, day, terminal, sequence });
    }),
  );
});

test('used-up numbers and malformed parts are refused, never wrapped or shortened', () => {
  for (const sequence of [0, 10_000, -1, 1.5, Number.NaN]) {
    expect(() => formatCaseNumber('2018-05-23', '07', sequence)).toThrow(RangeError);
  }
  expect(() => formatCaseNumber('20180523', '07', 1)).toThrow(RangeError);
  expect(() => formatCaseNumber('2018-05-23', '7', 1)).toThrow(RangeError);
  expect(() => formatCaseNumber('2018-05-23', 'W7', 1)).toThrow(RangeError);
});

test.each([
  ['2018052307001', 'length', '14 位'],
  ['201805230700123', 'length', '14 位'],
  ['', 'length', '14 位'],
  ['Z20180523070012', 'letter', '第 1 位'],
  ['2018052307001a', 'digits', '第 14 位'],
  ['G2018052307001O', 'digits', '第 15 位'],
  ['20180231070012', 'day', '有效日期'],
  ['20180523070000', 'sequence', '0001'],
])('%j is refused: %s', (text, problem, words) => {
  expect(parseCaseNumber(text)).toMatchObject({ ok: false, problem, message: expect.stringContaining(words) });
});
