import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnsOf, type SlipBlock, type SlipDocument } from './document.ts';
import { layOutSlip } from './layout.ts';

const slip = (...blocks: SlipBlock[]): SlipDocument => ({ title: '', columns: 48, copies: 1, blocks });
const linesOf = (block: SlipBlock, columns?: number): string[] => {
  const [piece] = layOutSlip(slip(block), columns);
  return piece && 'lines' in piece && typeof piece.lines !== 'number' ? piece.lines : [];
};

describe('a field', () => {
  test('has its value ten columns in, wrapped under itself', () => {
    expect(linesOf({ kind: 'field', label: '坐落', value: '龙'.repeat(20) })).toEqual([
      `坐落      ${'龙'.repeat(19)}`,
      '          龙',
    ]);
  });

  test('whose label fills its columns has it on a line of its own', () => {
    expect(linesOf({ kind: 'field', label: '申请人签字', value: '测试甲' })).toEqual([
      '申请人签字',
      '          测试甲',
    ]);
    expect(linesOf({ kind: 'field', label: '申请人签字', value: '' })).toEqual(['申请人签字']);
  });
});

test('a heading of double size wraps at half the columns', () => {
  expect(linesOf({ kind: 'text', text: '受理凭证', align: 'centre', size: 2, bold: true }, 12)).toEqual([
    '受理凭',
    '证',
  ]);
});

test('the text of a barcode belongs to it', () => {
  expect(layOutSlip(slip({ kind: 'barcode', data: '12', text: '12\u200b' }))).toEqual([
    { kind: 'barcode', data: '12', lines: ['12'] },
  ]);
});

test('paper wider than the document leaves it as it is, narrower paper wraps it', () => {
  const rule = slip({ kind: 'rule' });
  expect(layOutSlip(rule, 64)).toEqual([{ kind: 'rule', columns: 48 }]);
  expect(layOutSlip(rule, 32)).toEqual([{ kind: 'rule', columns: 32 }]);
});

test('whatever the texts, no line is wider than the paper or holds a line end', () => {
  const text = fc.string({ unit: 'binary', maxLength: 60 });
  fc.assert(
    fc.property(text, text, fc.integer({ min: 24, max: 64 }), (label, value, columns) => {
      const width = Math.min(48, columns);
      for (const line of linesOf({ kind: 'field', label, value }, columns)) {
        expect(columnsOf(line)).toBeLessThanOrEqual(width);
        expect(line).not.toMatch(/[\r\n]/);
      }
    }),
  );
});
