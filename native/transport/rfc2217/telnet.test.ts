import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex } from '../../../tests/fixtures/samVectors.ts';
import { escaped, subnegotiation, TelnetReader } from './telnet.ts';

interface Heard {
  data: string;
  options: string[];
  subs: string[];
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** What a reader makes of the bytes, handed over in pieces of the given sizes. */
function hear(bytes: Uint8Array, sizes: readonly number[] = []): Heard {
  const heard: Heard = { data: '', options: [], subs: [] };
  const reader = new TelnetReader({
    onData: (part) => {
      heard.data += hex(part);
    },
    onOption: (verb, option) => heard.options.push(`${verb.toString(16)} ${option}`),
    onSubnegotiation: (option, payload) => heard.subs.push(`${option}: ${hex(payload)}`),
  });
  let at = 0;
  for (let turn = 0; at < bytes.length; turn++) {
    const size = sizes.length === 0 ? bytes.length : Math.max(1, sizes[turn % sizes.length] ?? 1);
    reader.push(bytes.subarray(at, at + size));
    at += size;
  }
  return heard;
}

/** The recorded session of devices.md §6.7, server to client. */
const RECORDED = fromHex(
  'FF FB 03 FF FD 03 FF FB 01 FF FE 01 FF FD 00 FF FB 00 FF FD 2C FF FA 2C 6B 00 FF F0 ' +
    'FF FA 2C 65 00 00 25 80 FF F0 FF FA 2C 69 01 FF F0 FF FA 2C 70 03 FF F0 AA FF FF 69',
);

describe('telnet', () => {
  it('is the same however the recorded session is cut', () => {
    const whole = hear(RECORDED);
    expect(whole).toEqual({
      data: 'aaff69',
      options: ['fb 3', 'fd 3', 'fb 1', 'fe 1', 'fd 0', 'fb 0', 'fd 44'],
      subs: ['44: 6b00', '44: 6500002580', '44: 6901', '44: 7003'],
    });
    for (let at = 1; at < RECORDED.length; at++) expect(hear(RECORDED, [at, RECORDED.length])).toEqual(whole);
    expect(hear(RECORDED, [1])).toEqual(whole);
  });

  it('doubles FF one way and halves it the other, also inside a subnegotiation', () => {
    expect(hex(escaped(fromHex('12 FF 34')))).toBe('12ffff34');
    expect(hear(fromHex('12 FF FF 34')).data).toBe('12ff34');
    expect(hex(subnegotiation(44, fromHex('01 00 00 25 80')))).toBe('fffa2c0100002580fff0');
    expect(hear(subnegotiation(44, fromHex('0A FF F0'))).subs).toEqual(['44: 0afff0']);
  });

  it('gives back any bytes in any pieces, with the server talking in between', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 8 }),
        fc.uint8Array({ maxLength: 20 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
        (parts, payload, sizes) => {
          const wire = Buffer.concat(
            parts.flatMap((part) => [escaped(part), fromHex('FF FD 00'), subnegotiation(44, payload)]),
          );
          const heard = hear(wire, sizes);
          expect(heard.data).toBe(hex(Buffer.concat(parts)));
          expect(heard.subs).toEqual(parts.map(() => `44: ${hex(payload)}`));
        },
      ),
    );
  });

  it('survives anything, and understands what comes after it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (noise) => {
        // An end of whatever may be open, then more than any subnegotiation holds, then the end of that.
        const tail = Buffer.concat([fromHex('FF F0'), Buffer.alloc(600, 0x20), escaped(fromHex('AA FF 69'))]);
        expect(hear(Buffer.concat([noise, tail])).data.endsWith('20aaff69')).toBe(true);
      }),
    );
  });
});
