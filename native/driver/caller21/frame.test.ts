import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { fromHex } from '../../../tests/fixtures/deviceBench.ts';
import { SlidingFinder } from '../line/slidingFinder.ts';
import { type CallerFrame, callerRule, encodeCaller } from './frame.ts';

/** devices.md §4.4. */
const VECTORS: [string, CallerFrame, string][] = [
  ['poll 3', { address: 3, command: 0x01, data: Buffer.alloc(0) }, 'FF 68 02 02 68 03 01 04 16'],
  ['key 1 of 3', { address: 3, command: 0x02, data: Buffer.from('1') }, 'FF 68 03 03 68 03 02 31 36 16'],
  [
    'text to 1',
    { address: 1, command: 0x05, data: iconv.encode('等候12人', 'gbk') },
    'FF 68 0A 0A 68 01 05 B5 C8 BA F2 31 32 C8 CB 25 16',
  ],
  ['number to 10', { address: 10, command: 0x10, data: Buffer.from('A012') }, 'FF 68 06 06 68 0A 10 41 30 31 32 EE 16'],
];
const ALL = VECTORS.map(([, , bytes]) => fromHex(bytes));

const finder = (checksum: 'sum' | 'xor' = 'sum') => new SlidingFinder(callerRule(checksum));
const hex = (frames: CallerFrame[]) => frames.map((frame) => Buffer.from(encodeCaller(frame, 'sum')).toString('hex'));

describe('vectors', () => {
  it.each(VECTORS)('%s is encoded to the published bytes', (_, frame, bytes) => {
    expect(Buffer.from(encodeCaller(frame, 'sum'))).toEqual(fromHex(bytes));
  });

  it('XOR instead of the sum, where the vendor says so', () => {
    const bytes = encodeCaller({ address: 3, command: 2, data: Buffer.from('1') }, 'xor');
    expect(Buffer.from(bytes)).toEqual(fromHex('FF 68 03 03 68 03 02 31 30 16'));
    expect(finder('xor').push(bytes)).toHaveLength(1);
    expect(finder('sum').push(bytes)).toHaveLength(0);
  });

  it.each(ALL)('%o is found whole, split at every byte', (bytes) => {
    for (let cut = 0; cut <= bytes.length; cut++) {
      const search = finder();
      const frames = [...search.push(bytes.subarray(0, cut)), ...search.push(bytes.subarray(cut))];
      expect(hex(frames)).toEqual([bytes.toString('hex')]);
      expect(search.held).toBe(0);
    }
  });

  it('every two of them back to back are two frames', () => {
    for (const first of ALL) {
      for (const second of ALL) {
        expect(hex(finder().push(Buffer.concat([first, second])))).toEqual([
          first.toString('hex'),
          second.toString('hex'),
        ]);
      }
    }
  });

  it('a frame whose two lengths differ is skipped, and the next one found', () => {
    expect(
      hex(finder().push(Buffer.concat([fromHex('FF 68 03 04 68 03 02 31 36 16'), ALL[0] ?? Buffer.alloc(0)]))),
    ).toEqual([ALL[0]?.toString('hex')]);
  });

  it.each([
    ['checksum', 'FF 68 02 02 68 03 01 05 16'],
    ['tail', 'FF 68 02 02 68 03 01 04 17'],
    ['third 68', 'FF 68 02 02 69 03 01 04 16'],
    ['length', 'FF 68 01 01 68 03 03 16'],
  ])('a wrong %s is no frame', (_, bytes) => {
    const search = finder();
    expect([...search.push(fromHex(bytes)), ...search.expire()]).toEqual([]);
  });
});

/** The rule of devices.md §4.4 on the whole stream at once. */
function oracle(bytes: Buffer): string[] {
  const frames: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes[at + 2] ?? 0;
    const whole = bytes.subarray(at, at + 7 + length);
    const sum = whole.subarray(5, -2).reduce((all, byte) => all + byte, 0) % 256;
    const valid =
      whole.length === 7 + length &&
      length >= 2 &&
      whole.subarray(0, 2).toString('hex') === 'ff68' &&
      whole[3] === length &&
      whole[4] === 0x68 &&
      whole.at(-1) === 0x16 &&
      whole.at(-2) === sum;
    if (valid) frames.push(whole.toString('hex'));
    at += valid ? whole.length : 1;
  }
  return frames;
}

describe('any stream', () => {
  const noise = fc.oneof(
    fc.uint8Array({ maxLength: 30 }),
    fc.array(fc.constantFrom(0xff, 0x68, 0x02, 0x03, 0x16), { maxLength: 20 }).map((bytes) => Uint8Array.from(bytes)),
    fc.uint8Array({ minLength: 1, maxLength: 6 }).map((tail) => Uint8Array.of(0xff, 0x68, 0x20, 0x20, 0x68, ...tail)),
  );
  const frame = fc
    .record({
      address: fc.nat({ max: 255 }),
      command: fc.nat({ max: 255 }),
      // A whole frame inside the data of another.
      data: fc.oneof(fc.uint8Array({ maxLength: 30 }), fc.constant(new Uint8Array(ALL[0] ?? []))),
    })
    .map((each) => encodeCaller(each, 'sum'));

  it('yields what the rule yields, whatever the chunks, and holds less than a frame', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(noise, frame), { maxLength: 10 }),
        fc.integer({ min: 1, max: 40 }),
        (parts, size) => {
          const search = finder();
          const bytes = Buffer.concat(parts);
          const frames: CallerFrame[] = [];
          for (let at = 0; at < bytes.length; at += size) {
            frames.push(...search.push(bytes.subarray(at, at + size)));
            expect(search.held).toBeLessThan(7 + 255);
          }
          frames.push(...search.expire());
          expect(search.held).toBe(0);
          expect(hex(frames)).toEqual(oracle(bytes));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('finds the next good frame behind any noise without a beginning', () => {
    const quiet = fc.uint8Array({ maxLength: 40 }).map((bytes) => bytes.filter((byte) => byte !== 0xff));
    fc.assert(
      fc.property(fc.array(fc.tuple(quiet, frame), { maxLength: 8 }), (parts) => {
        const found = hex(finder().push(Buffer.concat(parts.flat())));
        expect(found).toEqual(parts.map(([, bytes]) => Buffer.from(bytes).toString('hex')));
      }),
      { numRuns: 300 },
    );
  });
});
