import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clockRules } from './caseClock.ts';
import { dueTime } from './dueTime.ts';
import type { TimeLimit } from './limit.ts';
import { dayOf, toHallMinute } from './localTime.ts';
import { USUAL_HOURS } from './openingHours.ts';
import { closeOf, openMinutes, openTimesOn } from './openTime.ts';
import { type Pause, stopsFor } from './pauses.ts';

const RULES = clockRules({ usual: USUAL_HOURS, friday: ['08:30-12:00'], saturday: ['09:00-15:00'] });
const MINUTE = 60_000;

/** From two years before the first notice to two years after the last, so that provisional dates are among them. */
const instants = fc.integer({ min: Date.UTC(2016, 0, 1), max: Date.UTC(2029, 0, 1) });
const limits: fc.Arbitrary<TimeLimit> = fc.oneof(
  fc.record({ minutes: fc.integer({ min: 1, max: 2000 }) }),
  fc.record({ workingDays: fc.integer({ min: 0, max: 30 }) }),
);

/** Pauses around an acceptance: `[start, length]` in minutes from it. */
const spans = fc.array(
  fc.tuple(fc.integer({ min: -1000, max: 30_000 }), fc.integer({ min: 0, max: 20_000 }), fc.constantFrom('P1', 'P4')),
  { maxLength: 4 },
);

type Spans = readonly (readonly [number, number, 'P1' | 'P4'])[];

function pausesOf(acceptedAt: number, given: Spans): Pause[] {
  return given.map(([start, length, kind]) => {
    const from = acceptedAt + start * MINUTE;
    return { kind, from, to: from + length * MINUTE, by: '0107', reason: '测试', proof: '' };
  });
}

function end(acceptedAt: number, limit: TimeLimit, given: Spans = [], from = acceptedAt): number {
  return dueTime(RULES, acceptedAt, limit, stopsFor('promise', pausesOf(from, given), from)).at;
}

test('a clock ends within opening time or at its close, and only after the acceptance', () => {
  fc.assert(
    fc.property(instants, limits, spans, (acceptedAt, limit, given) => {
      const due = toHallMinute(end(acceptedAt, limit, given));
      const times = openTimesOn(RULES, dayOf(due));
      expect(times.some((time) => time.from < due && due <= time.to)).toBe(true);
      expect(due).toBeGreaterThan(toHallMinute(acceptedAt));
      if ('workingDays' in limit) expect(due).toBe(closeOf(RULES, dayOf(due)));
    }),
  );
});

test('accepted later, never due earlier', () => {
  fc.assert(
    fc.property(instants, fc.nat(60 * 24 * 20), limits, spans, (acceptedAt, minutes, limit, given) => {
      const later = acceptedAt + minutes * MINUTE;
      expect(end(later, limit, given, acceptedAt)).toBeGreaterThanOrEqual(end(acceptedAt, limit, given));
    }),
  );
});

test('one pause more never makes it earlier', () => {
  fc.assert(
    fc.property(instants, limits, spans, spans, (acceptedAt, limit, given, more) => {
      expect(end(acceptedAt, limit, [...given, ...more])).toBeGreaterThanOrEqual(end(acceptedAt, limit, given));
    }),
  );
});

test('a longer limit never ends earlier', () => {
  fc.assert(
    fc.property(instants, fc.nat(30), fc.nat(10), spans, (acceptedAt, days, more, given) => {
      const short = end(acceptedAt, { workingDays: days }, given);
      expect(end(acceptedAt, { workingDays: days + more }, given)).toBeGreaterThanOrEqual(short);
    }),
  );
});

test('a time split in two has the same opening minutes, with and without pauses', () => {
  fc.assert(
    fc.property(instants, fc.nat(50_000), fc.nat(50_000), spans, (start, first, second, given) => {
      const from = toHallMinute(start);
      const [middle, to] = [from + first, from + first + second];
      const stops = stopsFor('promise', pausesOf(start, given), start);
      const whole = openMinutes(RULES, from, to, stops);
      expect(openMinutes(RULES, from, middle, stops) + openMinutes(RULES, middle, to, stops)).toBe(whole);
    }),
  );
});

test('a pause cut in two is the same pause', () => {
  fc.assert(
    fc.property(instants, limits, fc.nat(20_000), fc.nat(9000), fc.nat(9000), (at, limit, start, first, second) => {
      const whole = end(at, limit, [[start, first + second, 'P1']]);
      const halves: Spans = [
        [start + first, second, 'P1'],
        [start, first, 'P4'],
      ];
      expect(end(at, limit, halves)).toBe(whole);
    }),
  );
});

test('the opening minutes between acceptance and the end of a minutes’ clock are its limit', () => {
  fc.assert(
    fc.property(instants, fc.integer({ min: 1, max: 2000 }), spans, (acceptedAt, minutes, given) => {
      const stops = stopsFor('promise', pausesOf(acceptedAt, given), acceptedAt);
      const due = end(acceptedAt, { minutes }, given);
      expect(openMinutes(RULES, toHallMinute(acceptedAt), toHallMinute(due), stops)).toBe(minutes);
    }),
  );
});
