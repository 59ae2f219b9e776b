import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hallMinute } from '../time/hallTime.ts';
import { dayName, dayOf, MINUTES_PER_DAY, toHallMinute, toInstant, weekdayOf } from './localTime.ts';

/** The arithmetic zone begins with the first year without daylight saving. */
const instants = fc.integer({ min: Date.UTC(1992, 0, 1), max: Date.UTC(2100, 0, 1) });

test('arithmetic and the zone database write the same minute', () => {
  fc.assert(
    fc.property(instants, (ms) => {
      const minute = toHallMinute(ms);
      const inDay = minute - dayOf(minute) * MINUTES_PER_DAY;
      const two = (value: number): string => String(value).padStart(2, '0');
      expect(`${dayName(dayOf(minute))} ${two(Math.floor(inDay / 60))}:${two(inDay % 60)}`).toBe(hallMinute(ms));
      expect(ms - toInstant(minute)).toBeLessThan(60_000);
      expect(ms - toInstant(minute)).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('weekdays are those of the calendar', () => {
  const weekday = (name: string) => weekdayOf(dayOf(toHallMinute(Date.parse(`${name}T12:00+08:00`))));
  expect(['2018-05-23', '2018-05-26', '2018-05-27', '2018-05-28', '1969-12-31'].map(weekday)).toEqual([3, 6, 7, 1, 3]);
});
