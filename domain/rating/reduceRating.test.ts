import { describe, expect, test } from 'vitest';
import { HALL_BODIES } from '../../tests/fixtures/hallBodies.ts';
import { type RatingOp, stepRating } from './reduceRating.ts';
import type { Grade, RatingRecord } from './types.ts';

const ID = '0198a000-0000-7000-8000-000000000001';
const at = (second: number): string => `2026-11-27T01:00:0${second}.000Z`;

const pressed = (grade: Grade | null, second: number): RatingOp => ({
  kind: 'rating.given',
  body: { ...HALL_BODIES['rating.given'], grade, way: grade === null ? null : 'box', at: at(second) },
});
const phoned = (grade: Grade, second: number): RatingOp => ({
  kind: 'rating.answered',
  body: { ...HALL_BODIES['rating.answered'], grade, at: at(second) },
});

function ratingAfter(...ops: RatingOp[]): RatingRecord | null {
  return ops.reduce<RatingRecord | null>((current, op, index) => {
    if (index > 0 && current === null) throw new Error('not legal');
    return stepRating(current, ID, op);
  }, null);
}

describe('one service counts once, in whatever order the window and the hub hear of it', () => {
  test.each([
    ['silence at the window does not undo a phone', pressed(null, 5), phoned(1, 2), { grade: 1, way: 'qr' }],
    ['a phone answers after the silence', pressed(null, 1), phoned(4, 5), { grade: 4, way: 'qr' }],
    ['the box was first', pressed(5, 1), phoned(1, 2), { grade: 5, way: 'box' }],
    ['the phone was first', pressed(5, 3), phoned(1, 2), { grade: 1, way: 'qr' }],
    ['of one millisecond the box', pressed(5, 2), phoned(1, 2), { grade: 5, way: 'box' }],
  ] as const)('%s', (_, window, phone, left) => {
    const one = ratingAfter(window, phone);
    expect(one).toMatchObject({ ...left, id: ID, version: 2 });
    expect(ratingAfter(phone, window)).toEqual(one);
  });
});

test('the window speaks once', () => {
  expect(stepRating(ratingAfter(pressed(null, 1)), ID, pressed(5, 2))).toBeNull();
  expect(stepRating(ratingAfter(pressed(3, 1)), ID, pressed(5, 2))).toBeNull();
});

test('a second answer of a phone that got through changes nothing', () => {
  expect(ratingAfter(phoned(2, 1), phoned(5, 3))).toMatchObject({ grade: 2, version: 2 });
});
