import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { onbonDisplayConfig } from '../../../contract/config/displays.ts';
import { fromHex } from '../../../tests/fixtures/deviceBench.ts';
import { updateArea } from './dynamicArea.ts';
import { encodeFrame, type OnbonFrame } from './frame.ts';
import { OnbonFramer } from './framer.ts';
import { readReply } from './reply.ts';

/** devices.md §4.2. 1 and 2 are the vendor's bytes. */
const A5 = 'A5'.repeat(8);
const ACK = `${A5} 00 80 FE FF 00 00 00 00 00 00 FE 02 05 00 A0 00 00 00 00 14 AC 5A`;
const FORMAT = `${A5} 01 00 00 80 00 00 00 00 00 00 FE 02 05 00 A1 00 01 00 00 2C F8 5A`;
const CALL = `${A5} 01 00 00 80 00 00 00 00 00 00 FE 02 35 00 A3 06 01 30 00 00 01 2C 00 00 00 00 00 00 10 00 20 00 00 00 00 02 00 00 00 00 01 02 01 00 04 05 11 00 00 00 C7 EB 41 30 31 32 BA C5 B5 BD 33 BA C5 B4 B0 BF DA F8 C3 5A`;
const ESCAPED = `${A5} 01 00 00 80 00 00 00 00 00 00 FE 02 28 00 A3 06 01 23 00 00 01 1F 00 00 00 00 00 00 04 00 10 00 00 00 00 02 00 00 00 00 01 02 01 00 04 05 04 00 00 00 B0 A6 02 B0 A6 01 58 1F 5A`;
const NACK = `${A5} 00 80 FE FF 00 00 00 00 00 00 FE 02 05 00 A0 01 05 00 00 05 51 5A`;
const ALL = [ACK, FORMAT, CALL, ESCAPED, NACK].map(fromHex);

const defaults = onbonDisplayConfig.parse({ driver: 'onbon-bx5k', port: 'COM1' });
const summary = (frames: OnbonFrame[]) => frames.map(({ data }) => Buffer.from(data).toString('hex'));
/** The data of a vector, taken out by hand: no vector but ESCAPED has an escape. */
const dataOf = (bytes: Buffer) => {
  const body = bytes.toString('hex').replaceAll('a602', 'a5').replaceAll('b0a601', 'b0a6');
  return body.slice((8 + 14) * 2, -6);
};

describe('vectors', () => {
  it.each([
    ['请A012号到3号窗口', { width: 128, height: 32 }, CALL],
    ['哎唉', { width: 32, height: 16 }, ESCAPED],
  ])('%s is encoded to the bytes of the table', (text, size, bytes) => {
    const data = updateArea(iconv.encode(text, 'gbk'), { ...defaults, ...size });
    expect(Buffer.from(encodeFrame(data, defaults))).toEqual(fromHex(bytes));
  });

  it('counts X and width in pixels where the card does', () => {
    const data = updateArea(new Uint8Array(), { ...defaults, xUnit: 1, x: 24, y: 8, width: 80, height: 16 });
    expect(Buffer.from(data).readUInt16LE(10)).toBe(24);
    expect(Buffer.from(data).readUInt16LE(14)).toBe(80);
    const bytes = updateArea(new Uint8Array(), { ...defaults, xUnit: 8, x: 24, y: 8, width: 80, height: 16 });
    expect([Buffer.from(bytes).readUInt16LE(10), Buffer.from(bytes).readUInt16LE(12)]).toEqual([3, 8]);
    expect([Buffer.from(bytes).readUInt16LE(14), Buffer.from(bytes).readUInt16LE(16)]).toEqual([10, 16]);
  });

  it.each(ALL.map((bytes, index) => [index + 1, bytes] as const))(
    'vector %i is one frame, split at every byte',
    (_, bytes) => {
      for (let cut = 0; cut <= bytes.length; cut++) {
        const framer = new OnbonFramer();
        const frames = [...framer.push(bytes.subarray(0, cut)), ...framer.push(bytes.subarray(cut))];
        expect(summary(frames)).toEqual([dataOf(bytes)]);
        expect(framer.held).toBe(0);
      }
    },
  );

  it('every two of them back to back are two frames', () => {
    for (const first of ALL) {
      for (const second of ALL) {
        expect(summary(new OnbonFramer().push(Buffer.concat([first, second])))).toEqual([
          dataOf(first),
          dataOf(second),
        ]);
      }
    }
  });

  it('answers are told apart, and a request is none', () => {
    const replies = ALL.map((bytes) => new OnbonFramer().push(bytes).map(readReply)[0]);
    expect(replies).toEqual([{ kind: 'ack' }, null, null, null, { kind: 'refused', error: 5 }]);
  });
});

describe('published mistakes', () => {
  it('the ACK of the vendor page, printed with nine A5, is the same ACK', () => {
    expect(summary(new OnbonFramer().push(Buffer.concat([fromHex('A5'), fromHex(ACK)])))).toEqual(['a000000000']);
  });

  it('a frame with the CRC of another, as on a page with an edited byte, is refused', () => {
    const edited = fromHex(CALL);
    edited.set(fromHex('A8 7D'), edited.length - 3);
    expect(new OnbonFramer().push(edited)).toEqual([]);
    const changed = fromHex(CALL);
    changed[60] = 0x35;
    expect(new OnbonFramer().push(changed)).toEqual([]);
  });

  it('FF FF in the place of the CRC is "not checked"', () => {
    const unchecked = fromHex(ACK);
    unchecked.set(fromHex('FF FF'), unchecked.length - 3);
    expect(summary(new OnbonFramer().push(unchecked))).toEqual(['a000000000']);
  });
});

describe('any stream', () => {
  const good = fromHex(ACK);
  const noise = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.array(fc.constantFrom(0xa5, 0x5a, 0xa6, 0x5b, 0x01, 0x02), { maxLength: 30 }).map((b) => Uint8Array.from(b)),
    fc.integer({ min: 1, max: good.length - 1 }).map((length) => new Uint8Array(good.subarray(0, length))),
  );

  it('breaks nothing, holds little, and the next good frame is found', () => {
    fc.assert(
      fc.property(fc.array(noise, { maxLength: 6 }), fc.integer({ min: 1, max: 40 }), (parts, size) => {
        const framer = new OnbonFramer();
        const bytes = Buffer.concat([...parts, good]);
        const frames: OnbonFrame[] = [];
        for (let at = 0; at < bytes.length; at += size) {
          frames.push(...framer.push(bytes.subarray(at, at + size)));
          expect(framer.held).toBeLessThanOrEqual(4096);
        }
        expect(summary(frames).at(-1)).toBe('a000000000');
      }),
      { numRuns: 500 },
    );
  });

  it('a frame that never ends is given up, and the next one found', () => {
    const framer = new OnbonFramer();
    expect(framer.push(Buffer.concat([Buffer.of(0xa5), Buffer.alloc(100_000, 0x31)]))).toEqual([]);
    expect(framer.held).toBeLessThanOrEqual(4096);
    expect(summary(framer.push(good))).toEqual(['a000000000']);
  });

  it('whatever is sent comes back, whatever bytes it has', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (data) => {
        const bytes = encodeFrame(data, { address: 0x5aa5, deviceType: 0x5b });
        // Start and end occur nowhere inside.
        expect([...bytes.subarray(8, -1)].some((byte) => byte === 0xa5 || byte === 0x5a)).toBe(false);
        expect(new OnbonFramer().push(bytes).map((frame) => [...frame.data])).toEqual([[...data]]);
      }),
      { numRuns: 300 },
    );
  });
});
