import { expect, test } from 'vitest';
import { LineSpeed } from './lineSpeed.ts';
import { packingLevel } from './packing.ts';

test('a line of which nothing large is known may be slow: what goes over it is packed', () => {
  const line = new LineSpeed();
  line.note(200, 1);
  line.note(8000, 1);
  expect(line.bytesPerSecond).toBeNull();
  expect(packingLevel(line.bytesPerSecond)).toBe(6);
});

test('the way there and back is taken off, and the quickest of the last requests counts', () => {
  const line = new LineSpeed();
  line.note(100, 30);
  line.note(100_000, 40);
  expect(line.bytesPerSecond).toBe(10_000_000);
  // Something came in between: the line is no slower for it.
  line.note(100_000, 1000);
  expect(line.bytesPerSecond).toBe(8_000_000);
  line.note(100_000, 35);
  expect(line.bytesPerSecond).toBe(20_000_000);
});

test('a line that has become slow is packed for again after a few requests', () => {
  const line = new LineSpeed();
  line.note(1_000_000, 1);
  expect(packingLevel(line.bytesPerSecond)).toBeNull();
  let requests = 0;
  while (packingLevel(line.bytesPerSecond) !== 6) {
    line.note(100_000, 400);
    requests += 1;
  }
  expect(requests).toBeLessThan(40);
});

test('the slower the line, the more work is worth what it saves there', () => {
  expect([500_000, 1_999_999, 2_000_000, 12_500_000, 24_000_000, 125_000_000].map(packingLevel)).toEqual([
    6,
    6,
    1,
    1,
    null,
    null,
  ]);
});
