import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_FEN, parseYuan } from './money.ts';

test.each([
  ['550.00', 55_000],
  ['550', 55_000],
  ['80.5', 8050],
  ['0.01', 1],
  ['0', 0],
  ['1,234,567.89', 123_456_789],
  ['￥ 10', 1000],
])('%j are %i fen (domain.md §4.9)', (text, fen) => {
  expect(parseYuan(text)).toEqual({ ok: true, fen });
});

test.each([
  ['', 'form'],
  ['-1', 'form'],
  ['1e5', 'form'],
  ['12,34', 'form'],
  ['五百', 'form'],
  ['0.001', 'decimals'],
  ['100000000000.01', 'range'],
  ['9'.repeat(400), 'range'],
])('%j is refused: %s', (text, problem) => {
  expect(parseYuan(text)).toMatchObject({ ok: false, problem, message: expect.stringMatching(/^金额/) });
});

test('every amount with its two decimals is read to the fen', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: MAX_FEN }), (fen) => {
      expect(parseYuan((fen / 100).toFixed(2))).toEqual({ ok: true, fen });
    }),
  );
});
