import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatCaseNumber, parseCaseNumber } from './caseNumber.ts';

test('the sample of domain.md §4.8', () => {
  expect(formatCaseNumber('2018-05-23', '07', 12)).toBe('20180523070012');
  expect(parseCaseNumber('20180523070012')).toEqual({ day: '2018-05-23', terminal: '07', sequence: 12 });
});

test('two places, days or sequences never give one number', () => {
  const parts = fc.record({
    day: fc
      .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10)),
    terminal: fc.stringMatching(/^\d{2}$/),
    sequence: fc.integer({ min: 1, max: 9999 }),
  });
  fc.assert(
    fc.property(parts, ({ day, terminal, sequence }) => {
      const number = formatCaseNumber(day, terminal, sequence);
      expect(number).toMatch(/^\d{14}$/);
      expect(parseCaseNumber(number)).toEqual({ day, terminal, sequence });
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

test('anything else is not a case number', () => {
  for (const text of ['2018052307001', '201805230700123', '2018052307001a', 'G20180523070012', '']) {
    expect(parseCaseNumber(text)).toBeNull();
  }
});
