import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnsOf, wrapColumns } from './document.ts';

test('a Chinese character takes two columns, an ASCII one', () => {
  expect(columnsOf('受理编号 A09')).toBe(12);
  expect(columnsOf('𠮷')).toBe(2);
  expect(columnsOf('')).toBe(0);
});

test('a full-width character that does not fit goes to the next line', () => {
  expect(wrapColumns('a一二', 4)).toEqual(['a一', '二']);
  expect(wrapColumns('一二三', 4)).toEqual(['一二', '三']);
  expect(wrapColumns('ab\n\ncd', 4)).toEqual(['ab', '', 'cd']);
  expect(wrapColumns('', 4)).toEqual(['']);
  expect(() => wrapColumns('a', 1)).toThrow(RangeError);
});

test('no line is too wide, nothing is lost, no character is cut', () => {
  const text = fc.string({ unit: fc.constantFrom('a', ' ', '一', '𠮷', '·', '\n', '9'), maxLength: 200 });
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 64 }), (source, columns) => {
      const lines = wrapColumns(source, columns);
      expect(lines.join('')).toBe(source.replaceAll('\n', ''));
      for (const line of lines) {
        expect(columnsOf(line)).toBeLessThanOrEqual(columns);
        expect(line.isWellFormed()).toBe(true);
      }
    }),
  );
});
