import { expect, test } from 'vitest';
import { paperProblem } from './paperFailure.ts';

test('what stands in the way of a paper is named: characters with their numbers, or the field', () => {
  const characters = { code: 'paper-character-missing', message: '', details: { characters: ['U+20BB7', 'U+323AF'] } };
  expect(paperProblem(characters)).toBe('字库里没有：𠮷（U+20BB7）、\u{323af}（U+323AF）');
  const overflow = { code: 'paper-overflow', message: '', details: { place: '证号' } };
  expect(paperProblem(overflow)).toBe('太长的一项：证号');
  expect(paperProblem({ code: 'paper-printer-refused', message: '', details: null })).toBeNull();
});
