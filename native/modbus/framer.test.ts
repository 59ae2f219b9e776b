import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex } from '../../tests/fixtures/samVectors.ts';
import { crc16 } from '../driver/line/checksum.ts';
import { type Expected, ReplyFramer } from './framer.ts';

const hex = (bytes: Uint8Array | null) => bytes && Buffer.from(bytes).toString('hex').toUpperCase();
const plain = (text: string) => text.replaceAll(' ', '');

/** devices.md §4.1: what is asked for, and the answer of the vector. */
const VECTORS: [string, Expected, string][] = [
  ['two registers', { unit: 1, code: 3, bytes: 9 }, '01 03 04 00 01 00 05 6B F0'],
  ['one register written', { unit: 2, code: 6, bytes: 8 }, '02 06 00 00 00 0C 89 FC'],
  ['text written', { unit: 3, code: 16, bytes: 8 }, '03 10 00 10 00 03 80 2F'],
  ['a refused write', { unit: 3, code: 16, bytes: 8 }, '03 90 02 6C 01'],
  ['a refused read', { unit: 1, code: 3, bytes: 9 }, '01 83 02 C0 F1'],
  ['a grade', { unit: 9, code: 4, bytes: 7 }, '09 04 02 00 05 98 F2'],
];

/** Everything found when the bytes come in pieces of the given sizes, and then the line is silent. */
function find(expected: Expected, bytes: Uint8Array, sizes: readonly number[] = [bytes.length]): string | null {
  const framer = new ReplyFramer();
  framer.expect(expected);
  let found: Uint8Array | null = null;
  let at = 0;
  for (let turn = 0; at < bytes.length; turn++) {
    const size = Math.max(1, sizes[turn % sizes.length] ?? 1);
    found ??= framer.push(bytes.subarray(at, at + size));
    at += size;
  }
  return hex(found ?? framer.expire());
}

const signed = (body: Uint8Array) => {
  const crc = crc16(body, 0xffff);
  return Buffer.concat([body, Buffer.of(crc & 0xff, crc >> 8)]);
};

describe('an answer on a Modbus line', () => {
  it.each(VECTORS)('is found as published, cut at every byte: %s', (_, expected, published) => {
    const bytes = fromHex(published);
    for (let at = 1; at <= bytes.length; at++) expect(find(expected, bytes, [at, 300])).toBe(plain(published));
    expect(find(expected, bytes, [1])).toBe(plain(published));
  });

  it('is found once of two in one chunk', () => {
    const framer = new ReplyFramer();
    const answer = fromHex('01 03 04 00 01 00 05 6B F0');
    framer.expect({ unit: 1, code: 3, bytes: 9 });
    expect(hex(framer.push(Buffer.concat([answer, answer])))).toBe(hex(answer));
    expect(framer.push(answer)).toBeNull();
  });

  it('of another device, of another request or too early is none', () => {
    expect(find({ unit: 2, code: 3, bytes: 9 }, fromHex('01 03 04 00 01 00 05 6B F0'))).toBeNull();
    expect(find({ unit: 1, code: 4, bytes: 9 }, fromHex('01 03 04 00 01 00 05 6B F0'))).toBeNull();
    expect(find({ unit: 1, code: 3, bytes: 7 }, fromHex('01 03 04 00 01 00 05 6B F0'))).toBeNull();
    const framer = new ReplyFramer();
    framer.push(fromHex('01 03 04 00 01'));
    framer.expect({ unit: 1, code: 3, bytes: 9 });
    expect(framer.push(fromHex('00 05 6B F0'))).toBeNull();
  });

  it('that carries a whole other answer inside is one', () => {
    const inner = fromHex('01 83 02 C0 F1');
    const outer = signed(Buffer.concat([fromHex('01 03 06'), inner, Buffer.of(0)]));
    for (let at = 1; at < outer.length; at++) {
      expect(find({ unit: 1, code: 3, bytes: 11 }, outer, [at, 300])).toBe(hex(outer));
    }
  });

  it('is found after any noise, whatever the pieces', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...VECTORS),
        // Bytes that look like beginnings are the ones that matter.
        fc.array(fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(1, 2, 3, 4, 6, 9, 16, 0x83)), {
          maxLength: 60,
        }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
        ([, expected, published], noise, sizes) => {
          expect(find(expected, Buffer.concat([Buffer.from(noise), fromHex(published)]), sizes)).toBe(plain(published));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is never made of noise, and what is held stays small', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...VECTORS),
        fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 20 }),
        ([, expected], chunks) => {
          const framer = new ReplyFramer();
          framer.expect(expected);
          for (const chunk of chunks) {
            const found = framer.push(chunk);
            if (found) expect(hex(found)).toBe(hex(signed(found.subarray(0, -2))));
            expect(framer.held).toBeLessThanOrEqual(512);
          }
        },
      ),
    );
  });

  it('that breaks off is counted, and so is what was no answer', () => {
    const framer = new ReplyFramer();
    framer.expect({ unit: 1, code: 3, bytes: 9 });
    framer.push(fromHex('00 01 03 04 00 01'));
    expect(framer.expire()).toBeNull();
    expect(framer.counters).toMatchObject({ garbage: 6, partial: expect.any(Number) });
    expect(framer.counters.partial).toBeGreaterThan(0);
    framer.expect({ unit: 1, code: 3, bytes: 9 });
    framer.push(fromHex('01 03 04 00 01 00 05 6B F1'));
    expect(framer.counters.badChecksum).toBe(1);
  });
});
