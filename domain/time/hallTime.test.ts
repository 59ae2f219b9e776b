import { afterEach, describe, expect, test } from 'vitest';
import { hallDay, hallMinute } from './hallTime.ts';

const MACHINE_ZONE = process.env.TZ;
afterEach(() => {
  if (MACHINE_ZONE === undefined) delete process.env.TZ;
  else process.env.TZ = MACHINE_ZONE;
});

describe.each([
  ['UTC', 18],
  ['America/New_York', 13],
  ['Asia/Shanghai', 2],
])('on a machine in %s', (zone, hourThere) => {
  test('the hall has its own day and minute', () => {
    process.env.TZ = zone;
    const instant = Date.parse('2026-11-22T18:42:59.000Z');
    expect(new Date(instant).getHours()).toBe(hourThere);
    expect(hallMinute(instant)).toBe('2026-11-23 02:42');
    expect(hallDay(instant)).toBe('2026-11-23');
    expect(hallDay(Date.parse('2026-11-22T15:59:59.999Z'))).toBe('2026-11-22');
    expect(hallMinute(Date.parse('2026-11-22T16:00:00.000Z'))).toBe('2026-11-23 00:00');
  });
});
