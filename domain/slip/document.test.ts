import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnsOf, wrapColumns } from './document.ts';

/** Texts as they stand on slips: Han, rare Han, digits, letters, punctuation, spaces. */
const slipText = fc.string({
  unit: fc.constantFrom(...'不动产𠮷㐀·（），。：0123456789ABxyz -./*()', '单元', '201', '\u3000'),
  maxLength: 80,
});
const anyText = fc.string({ unit: 'binary', maxLength: 60 });
const width = fc.integer({ min: 2, max: 64 });

describe('columnsOf', () => {
  test('counts ASCII as one column and everything else as two', () => {
    expect(columnsOf('')).toBe(0);
    expect(columnsOf('A012')).toBe(4);
    expect(columnsOf('前面等候3人')).toBe(11);
    expect(columnsOf('阿依古丽·买买提')).toBe(16);
    expect(columnsOf('𠮷')).toBe(2);
  });

  test('adds up over parts', () => {
    fc.assert(fc.property(slipText, slipText, (a, b) => columnsOf(a + b) === columnsOf(a) + columnsOf(b)));
  });
});

describe('wrapColumns', () => {
  test('loses no character of any text', () => {
    fc.assert(
      fc.property(fc.oneof(slipText, anyText), width, (text, columns) => {
        expect(wrapColumns(text, columns).join('')).toBe(text.replaceAll('\n', ''));
      }),
    );
  });

  test('makes no line wider than the paper', () => {
    fc.assert(
      fc.property(fc.oneof(slipText, anyText), width, (text, columns) => {
        for (const line of wrapColumns(text, columns)) expect(columnsOf(line)).toBeLessThanOrEqual(columns);
      }),
    );
  });

  test('makes no empty line except for line ends in the text', () => {
    fc.assert(
      fc.property(
        slipText.filter((text) => text !== ''),
        width,
        (text, columns) => {
          expect(wrapColumns(text, columns)).not.toContain('');
        },
      ),
    );
  });

  test('never cuts a character in two', () => {
    fc.assert(
      fc.property(slipText, width, (text, columns) => {
        for (const line of wrapColumns(text, columns)) expect(line.isWellFormed()).toBe(true);
      }),
    );
  });

  test('keeps the line ends of the text', () => {
    expect(wrapColumns('甲\n\n乙', 10)).toEqual(['甲', '', '乙']);
  });

  test('does not break a flat number over two lines', () => {
    expect(wrapColumns('测试花园3号楼2单元1201室', 20)).toEqual(['测试花园3号楼2单元', '1201室']);
    expect(wrapColumns('通道1-201', 7)).toEqual(['通道', '1-201']);
  });

  test('breaks a number that no line can hold', () => {
    expect(wrapColumns('12345678', 3)).toEqual(['123', '456', '78']);
  });

  test('starts no line with closing punctuation and ends none with an opening bracket', () => {
    expect(wrapColumns('查封登记（含预查封）', 18)).toEqual(['查封登记（含预查', '封）']);
    expect(wrapColumns('查封登记（含预查封）', 10)).toEqual(['查封登记', '（含预查', '封）']);
  });

  test('refuses paper on which no Chinese character fits', () => {
    expect(() => wrapColumns('甲', 1)).toThrow(RangeError);
  });
});
