import { afterEach, describe, expect, test } from 'vitest';
import {
  groupCaseNumber,
  localDay,
  localMinute,
  localTime,
  offsetSeconds,
  shortMoment,
  windowNumber,
} from './format.ts';

const MACHINE_ZONE = process.env.TZ;
afterEach(() => {
  if (MACHINE_ZONE === undefined) delete process.env.TZ;
  else process.env.TZ = MACHINE_ZONE;
});

describe.each(['UTC', 'America/New_York', 'Asia/Shanghai'])('on a machine in %s', (zone) => {
  test('instants are written in hall time', () => {
    process.env.TZ = zone;
    expect(localMinute('2018-11-23T02:42:59.000Z')).toBe('2018-11-23 10:42');
    expect(localTime('2018-11-22T18:42:00.000Z')).toBe('02:42');
    expect(localDay('2018-11-22T16:00:00.000Z')).toBe('2018-11-23');
  });

  test('a moment is as short as its distance allows', () => {
    process.env.TZ = zone;
    const now = '2018-11-23T02:42:00.000Z';
    // Yesterday in New York, today in the hall.
    expect(shortMoment('2018-11-22T16:05:00.000Z', now)).toBe('00:05');
    expect(shortMoment('2018-11-23T01:05:00.000Z', now)).toBe('09:05');
    expect(shortMoment('2018-11-22T01:05:00.000Z', now)).toBe('11-22 09:05');
    expect(shortMoment('2017-11-22T01:05:00.000Z', now)).toBe('2017-11-22');
  });
});

test('numbers of windows and cases read easily', () => {
  expect(windowNumber('W07')).toBe('7');
  expect(windowNumber('P21')).toBe('P21');
  expect(groupCaseNumber('20181123070012')).toBe('20181123 07 0012');
  expect(offsetSeconds(1400)).toBe(0);
  expect(offsetSeconds(-4600)).toBe(-5);
});
