import { expect, test } from 'vitest';
import { areOpeningSpans, parseOpeningHours, spansOn, USUAL_HOURS } from './openingHours.ts';

test('the usual hours hold on every weekday that has none of its own', () => {
  const hours = parseOpeningHours({ usual: USUAL_HOURS, friday: ['08:30-12:00'] });
  expect(spansOn(hours, 1)).toEqual([
    { from: 510, to: 690 },
    { from: 780, to: 990 },
  ]);
  expect(spansOn(hours, 5)).toEqual([{ from: 510, to: 720 }]);
});

test.each([
  [[]],
  [['8:30-11:30']],
  [['08:30-08:30']],
  [['11:30-08:30']],
  [['08:30-24:01']],
  [['13:00-16:30', '08:30-11:30']],
  [['08:30-11:30', '11:00-16:30']],
  [['08:30-11:30', '11:30-16:30']],
])('refuses %j', (spans) => {
  expect(areOpeningSpans(spans)).toBe(false);
  expect(() => parseOpeningHours({ usual: spans })).toThrow(RangeError);
});

test('takes a window that never closes before midnight', () => {
  expect(areOpeningSpans(['00:00-24:00'])).toBe(true);
});
