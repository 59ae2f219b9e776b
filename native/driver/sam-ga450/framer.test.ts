import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, RESYNC, VECTORS } from '../../../tests/fixtures/samVectors.ts';
import { checksum, encodeRequest, type Frame, PREAMBLE } from './frame.ts';
import { Framer } from './framer.ts';

const INTER_BYTE_MS = 200;

function makeFramer() {
  const clock = { at: 0 };
  return { clock, framer: new Framer({ now: () => clock.at, interByteMs: INTER_BYTE_MS }) };
}

const summary = (frames: Frame[]) => frames.map((frame) => ({ sw3: frame.sw3, dataBytes: frame.data.length }));
const expected = (answer: { sw3: number; dataBytes: number }) => ({ sw3: answer.sw3, dataBytes: answer.dataBytes });
const ANSWERS = VECTORS.flatMap(({ name, responses }) => responses.map((answer) => ({ name, ...answer })));

describe('requests', () => {
  it.each(VECTORS.filter((vector) => vector.request !== null))('$name is encoded to the published bytes', (vector) => {
    const bytes = fromHex(vector.request ?? '');
    expect(Buffer.from(encodeRequest(bytes[7] ?? 0, bytes[8] ?? 0))).toEqual(bytes);
  });

  it('carries data of a command with a parameter', () => {
    expect(Buffer.from(encodeRequest(0x61, 0xff, Uint8Array.of(0x50))).toString('hex')).toBe('aaaaaa9669000461ff50ca');
  });
});

describe('vectors', () => {
  it.each(ANSWERS)('$name: one frame of $dataBytes data bytes, whole', (answer) => {
    const { framer } = makeFramer();
    const bytes = fromHex(answer.bytes);
    const frames = framer.push(bytes);
    expect(summary(frames)).toEqual([expected(answer)]);
    expect(Buffer.from(frames[0]?.data ?? [])).toEqual(bytes.subarray(10, -1));
    expect(framer.counters).toEqual({ partial: 0, garbage: 0, badChecksum: 0 });
  });

  it.each(ANSWERS)('$name: the same frame when split at every byte', (answer) => {
    const bytes = fromHex(answer.bytes);
    for (let cut = 1; cut < bytes.length; cut++) {
      const { framer } = makeFramer();
      const frames = [...framer.push(bytes.subarray(0, cut)), ...framer.push(bytes.subarray(cut))];
      if (frames.length !== 1 || framer.held !== 0) expect.fail(`cut at ${cut}: ${frames.length} frames`);
      expect(summary(frames)).toEqual([expected(answer)]);
    }
  });

  it.each(ANSWERS)('$name: byte by byte', (answer) => {
    const { framer } = makeFramer();
    const frames = [...fromHex(answer.bytes)].flatMap((byte) => framer.push(Uint8Array.of(byte)));
    expect(summary(frames)).toEqual([expected(answer)]);
  });

  it('takes every two of them back to back in one chunk', () => {
    for (const first of ANSWERS) {
      for (const second of ANSWERS) {
        const { framer } = makeFramer();
        const frames = framer.push(Buffer.concat([fromHex(first.bytes), fromHex(second.bytes)]));
        expect(summary(frames)).toEqual([expected(first), expected(second)]);
      }
    }
  });

  it('takes all of them in one chunk larger than its buffer', () => {
    const { framer } = makeFramer();
    const frames = framer.push(Buffer.concat(ANSWERS.map((answer) => fromHex(answer.bytes))));
    expect(summary(frames)).toEqual(ANSWERS.map(expected));
  });

  it('V12: noise and extra AA before a frame yield exactly the frame', () => {
    const bytes = fromHex(RESYNC);
    for (let cut = 0; cut < bytes.length; cut++) {
      const { framer } = makeFramer();
      const frames = [...framer.push(bytes.subarray(0, cut)), ...framer.push(bytes.subarray(cut))];
      expect(summary(frames)).toEqual([{ sw3: 0x9f, dataBytes: 4 }]);
      expect(framer.counters.garbage).toBe(4);
    }
  });
});

describe('damage', () => {
  const good = fromHex('AAAAAA9669000800009F0000000097');

  it('finds the frame behind one with a bad checksum', () => {
    const { framer } = makeFramer();
    const bad = Buffer.from(good);
    bad[14] = 0x98;
    expect(summary(framer.push(Buffer.concat([bad, good])))).toEqual([{ sw3: 0x9f, dataBytes: 4 }]);
    expect(framer.counters).toEqual({ partial: 0, garbage: bad.length, badChecksum: 1 });
  });

  it('refuses a length that no answer has', () => {
    for (const length of ['0003', '0C01', 'FFFF']) {
      const { framer } = makeFramer();
      const frames = framer.push(Buffer.concat([fromHex(`AAAAAA9669${length}`), good]));
      expect(summary(frames)).toEqual([{ sw3: 0x9f, dataBytes: 4 }]);
    }
  });

  it('waits for a frame begun and gives it up only after the silence, keeping the one inside it', () => {
    const { clock, framer } = makeFramer();
    expect(framer.push(Buffer.concat([fromHex('AAAAAA96690200'), good]))).toEqual([]);
    clock.at += INTER_BYTE_MS;
    expect(framer.expire()).toEqual([]);
    clock.at += 1;
    expect(summary(framer.expire())).toEqual([{ sw3: 0x9f, dataBytes: 4 }]);
    expect(framer.counters).toEqual({ partial: 1, garbage: 7, badChecksum: 0 });
    expect(framer.held).toBe(0);
  });

  it('forgets on request', () => {
    const { framer } = makeFramer();
    framer.push(good.subarray(0, 9));
    expect(framer.reset()).toBe(9);
    expect(summary(framer.push(good))).toEqual([{ sw3: 0x9f, dataBytes: 4 }]);
  });
});

/** The rule of devices.md §1.2 on the whole stream at once. */
function oracle(bytes: Buffer): { sw3: number; dataBytes: number }[] {
  const frames: { sw3: number; dataBytes: number }[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = at + 7 <= bytes.length ? bytes.readUInt16BE(at + 5) : 0;
    const whole = bytes.subarray(at, at + 7 + length);
    const valid =
      whole.subarray(0, 5).equals(Buffer.from(PREAMBLE)) &&
      length >= 4 &&
      length <= 0x0c00 &&
      whole.length === 7 + length &&
      checksum(whole.subarray(5)) === 0;
    if (valid) frames.push({ sw3: whole[9] ?? 0, dataBytes: length - 4 });
    at += valid ? whole.length : 1;
  }
  return frames;
}

describe('any stream', () => {
  /** Pieces of preambles are likely, so that false beginnings and nested frames are, too. */
  const noise = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.array(fc.constantFrom(0xaa, 0x96, 0x69, 0x00, 0x04), { maxLength: 20 }).map((bytes) => Uint8Array.from(bytes)),
    fc.uint8Array({ minLength: 2, maxLength: 9 }).map((tail) => Uint8Array.of(...PREAMBLE, ...tail)),
  );
  const frame = fc
    .record({ sw3: fc.integer({ min: 0, max: 255 }), data: fc.oneof(fc.uint8Array({ maxLength: 30 }), noise) })
    .map(({ sw3, data }) => {
      const body = Uint8Array.of((data.length + 4) >> 8, (data.length + 4) & 0xff, 0, 0, sw3, ...data);
      return Uint8Array.of(...PREAMBLE, ...body, checksum(body));
    });
  const cuts = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 30 });

  function feed(bytes: Buffer, sizes: number[]): Frame[] {
    const { clock, framer } = makeFramer();
    const frames: Frame[] = [];
    for (let at = 0, turn = 0; at < bytes.length; turn++) {
      const size = sizes[turn % sizes.length] ?? 1;
      frames.push(...framer.push(bytes.subarray(at, at + size)));
      at += size;
      expect(framer.held).toBeLessThan(7 + 0x0c00);
    }
    clock.at += INTER_BYTE_MS + 1;
    frames.push(...framer.expire());
    expect(framer.held).toBe(0);
    return frames;
  }

  it('yields what the rule yields, whatever the chunks', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(noise, frame), { maxLength: 12 }), cuts, (parts, sizes) => {
        const bytes = Buffer.concat(parts);
        expect(summary(feed(bytes, sizes))).toEqual(oracle(bytes));
      }),
      { numRuns: 500 },
    );
  });

  it('loses no frame between noise without AA', () => {
    const quietNoise = fc.uint8Array({ maxLength: 40 }).map((bytes) => bytes.filter((byte) => byte !== 0xaa));
    fc.assert(
      fc.property(fc.array(fc.tuple(quietNoise, frame), { maxLength: 10 }), cuts, (parts, sizes) => {
        const frames = feed(Buffer.concat(parts.flat()), sizes);
        expect(frames.map(({ sw3, data }) => [sw3, ...data])).toEqual(
          parts.map(([, bytes]) => [bytes[9], ...bytes.subarray(10, -1)]),
        );
      }),
      { numRuns: 300 },
    );
  });
});
