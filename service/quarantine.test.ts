import { expect, test } from 'vitest';
import { Quarantine } from './quarantine.ts';

test('a device that hangs is left out, each time twice as long, at most ten minutes', () => {
  let now = 1000;
  const quarantine = new Quarantine(() => now);
  const pauses = Array.from({ length: 7 }, () => quarantine.add('keypad'));
  expect(pauses).toEqual([30_000, 60_000, 120_000, 240_000, 480_000, 600_000, 600_000]);
  expect([...quarantine.devices]).toEqual(['keypad']);
  now += 599_999;
  expect(quarantine.devices.size).toBe(1);
  now += 1;
  expect(quarantine.devices.size).toBe(0);
});

test('a person may have it tried at once; only a device that works has a clean sheet', () => {
  const quarantine = new Quarantine(() => 0);
  quarantine.add('keypad');
  quarantine.release('keypad');
  expect(quarantine.devices.size).toBe(0);
  expect(quarantine.add('keypad')).toBe(60_000);
  quarantine.forget('keypad');
  expect(quarantine.add('keypad')).toBe(120_000);
  quarantine.release('keypad');
  quarantine.forget('keypad');
  expect(quarantine.add('keypad')).toBe(30_000);
});
