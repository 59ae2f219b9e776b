import { describe, expect, test } from 'vitest';
import { columnsOf } from '../../domain/slip/document.ts';
import { type DotImage, drawQr, drawTextLine } from './textImage.ts';

const isDark = ({ width, rows }: DotImage, x: number, y: number): boolean =>
  (((rows[y * Math.ceil(width / 8) + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) === 1;

/** Dark dots in a column of cells. */
function inkBetween(image: DotImage, from: number, to: number): number {
  let ink = 0;
  for (let y = 0; y < image.height; y += 1) for (let x = from; x < to; x += 1) if (isDark(image, x, y)) ink += 1;
  return ink;
}

describe('a line drawn for a ticket printer', () => {
  test.each([1, 2] as const)('stands in cells of 12 and 24 dots, magnified %d times', async (magnify) => {
    const image = await drawTextLine('甲 𠮷7', magnify, columnsOf);
    if (!image) throw new Error('not drawn');
    const half = 12 * magnify;
    expect([image.width, image.height]).toEqual([6 * half, 24 * magnify]);
    const cells = [0, 2, 3, 5, 6].map((column) => column * half);
    const ink = cells.slice(0, -1).map((from, index) => inkBetween(image, from, cells[index + 1] ?? 0));
    const [first = 0, blank = 0, rare = 0, digit = 0] = ink;
    expect(blank).toBe(0);
    for (const dark of [first, rare, digit]) expect(dark).toBeGreaterThan(30 * magnify);
  });

  test('is not drawn when no font has one of its characters', async () => {
    expect(await drawTextLine('甲\u{30000}', 1, columnsOf)).toBeNull();
  });
});

test('a QR code has whole modules: version 1 is 21 of them', () => {
  const image = drawQr('A', 6);
  expect([image.width, image.height]).toEqual([126, 126]);
  // The ring of the finder pattern: seven dark modules, then a light one.
  expect(inkBetween({ ...image, height: 6 }, 0, 48)).toBe(42 * 6);
});
