import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addShares, formatShare, isWhole, parseShare } from './share.ts';

const read = (text: string) => {
  const result = parseShare(text);
  if (!result.ok) throw new Error(`${text}: ${result.problem}`);
  return result.share;
};
const sum = (...texts: string[]) => addShares(texts.map(read));

test.each([
  ['1/2', '1/2'],
  ['2/4', '1/2'],
  ['50%', '1/2'],
  ['33.3%', '333/1000'],
  ['100%', '1'],
  ['１／２'.normalize('NFKC'), '1/2'],
  [' 1 ／ 3 ', '1/3'],
])('%j is the share %s (domain.md §4.9)', (text, share) => {
  expect(formatShare(read(text))).toBe(share);
});

test.each([
  ['', 'form'],
  ['0.5', 'form'],
  ['-1/2', 'form'],
  ['一半', 'form'],
  ['1/2/3', 'form'],
  ['1/0', 'zero'],
  ['0/2', 'zero'],
  ['0%', 'zero'],
  ['3/2', 'above-one'],
  ['101%', 'above-one'],
  [`1/${'9'.repeat(50)}`, 'length'],
])('%j is refused: %s', (text, problem) => {
  expect(parseShare(text)).toMatchObject({ ok: false, problem, message: expect.stringContaining('份额') });
});

test('shares are summed exactly', () => {
  expect(isWhole(sum('1/2', '1/2'))).toBe(true);
  expect(isWhole(sum('1/3', '1/3', '1/3'))).toBe(true);
  expect(isWhole(sum('1/2', '25%', '1/4'))).toBe(true);
  expect(isWhole(sum('33.33%', '33.33%', '33.33%'))).toBe(false);
  expect(isWhole(sum('1/2', '1/2', '1/1000000000000000000000'))).toBe(false);
  expect(isWhole(addShares([]))).toBe(false);
});

test('any division into equal parts is a whole, and one part less is not', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 50 }), (parts) => {
      const shares = Array.from({ length: parts }, () => read(`1/${parts}`));
      expect(isWhole(addShares(shares))).toBe(true);
      expect(isWhole(addShares(shares.slice(1)))).toBe(false);
    }),
  );
});
