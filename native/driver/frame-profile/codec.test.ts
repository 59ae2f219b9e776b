import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FrameLayout, frameProfile, profileCell } from '../../../contract/config/frameProfile.ts';
import { fromHex } from '../../../tests/fixtures/deviceBench.ts';
import { SlidingFinder } from '../line/slidingFinder.ts';
import { ADDRESS, encodeProfile, type FrameValues, ruleOf } from './codec.ts';

const layoutOf = (profile: unknown): FrameLayout => profileCell.parse(profile).frame;
const SUNPN = layoutOf('sunpn');
const QUAD = layoutOf('quad');
const encode = (layout: FrameLayout, values: FrameValues, address = 1) =>
  Buffer.from(encodeProfile(layout, values, address));
const find = (layout: FrameLayout, bytes: Uint8Array) => new SlidingFinder(ruleOf(layout)).push(bytes);

/** The colours of the product page, through a profile of its own: ours only knows green and red. */
const COLOURED = layoutOf({
  frame: {
    head: '3A',
    length: 7,
    fields: [
      { name: 'attention', off: 1, size: 1, type: 'u8' },
      { name: 'number', off: 2, size: 2, type: 'u16le' },
      { name: 'info', off: 4, size: 1, type: 'u8', value: 1 },
    ],
    checksum: { kind: 'sum8', from: 0, to: 5, at: 5 },
    tail: '0A',
  },
});

/** With a length byte, an address, a command and a text: what the two shipped profiles do not have. */
const CALLER = layoutOf({
  frame: {
    head: '02',
    length: { off: 1, from: 2, to: 3 },
    addr: { off: 2 },
    cmd: { off: 3, value: 0x41 },
    fields: [
      { name: 'number', off: 4, size: 2, type: 'bcd' },
      { name: 'text', off: 6, size: 'rest', type: 'gbk' },
    ],
    checksum: { kind: 'crc16-modbus', from: 1, to: -3, at: -3 },
    tail: '03',
  },
});

describe('vectors of devices.md §4.5', () => {
  it.each([
    ['888 green', SUNPN, { number: 888, attention: 0 }, '3A 00 78 03 01 B6 0A'],
    ['12 red', SUNPN, { number: 12, attention: 1 }, '3A 02 0C 00 01 49 0A'],
    ['0', SUNPN, { number: 0, attention: 0 }, '3A 00 00 00 01 3B 0A'],
    ['FFFF yellow', COLOURED, { number: 0xffff, attention: 1 }, '3A 01 FF FF 01 3A 0A'],
  ])('sunpn: %s', (_, layout, values, bytes) => {
    expect(encode(layout, values)).toEqual(fromHex(bytes));
    expect(find(COLOURED, fromHex(bytes))).toHaveLength(1);
  });

  it.each([
    ['board 5 shows 999', 5, 999, '05 03 E7 EF'],
    ['board 1 shows 12', 1, 12, '01 00 0C 0D'],
    ['board 3 shows 0', 3, 0, '03 00 00 03'],
    ['all show 9999', 0xff, 9999, 'FF 27 0F 35'],
  ])('quad: %s', (_, address, number, bytes) => {
    expect(encode(QUAD, { number }, address)).toEqual(fromHex(bytes));
    expect(find(QUAD, fromHex(bytes))).toEqual([{ number, [ADDRESS]: address }]);
  });

  it('the published frame that begins with 2A instead of 3A is no frame', () => {
    const good = fromHex('3A 00 78 03 01 B6 0A');
    expect(find(SUNPN, Buffer.concat([fromHex('2A 00 78 03 01 B6 0A'), good]))).toHaveLength(1);
    expect(find(SUNPN, fromHex('2A 00 78 03 01 B6 0A'))).toEqual([]);
  });

  it('the two bytes of the reply of sunpn are checked', () => {
    const profile = frameProfile.parse(profileCell.parse('sunpn'));
    const reply = profile.reply.kind === 'frame' ? profile.reply.frame : SUNPN;
    expect(find(reply, fromHex('3A 01 3B 0A'))).toHaveLength(1);
    expect(find(reply, fromHex('3A 01 3C 0A'))).toEqual([]);
  });

  const all = ['3A 00 78 03 01 B6 0A', '3A 02 0C 00 01 49 0A', '3A 00 00 00 01 3B 0A', '3A 01 FF FF 01 3A 0A'].map(
    fromHex,
  );

  it('are found whole, split at every byte, and back to back', () => {
    for (const first of all) {
      for (let cut = 0; cut <= first.length; cut++) {
        const finder = new SlidingFinder(ruleOf(COLOURED));
        expect([...finder.push(first.subarray(0, cut)), ...finder.push(first.subarray(cut))]).toHaveLength(1);
      }
      for (const second of all) expect(find(COLOURED, Buffer.concat([first, second]))).toHaveLength(2);
    }
  });
});

describe('what a profile can say', () => {
  it('a length, an address, a command, BCD, a text and a CRC', () => {
    const bytes = encode(CALLER, { number: 123, text: 'A012号' }, 7);
    // CRC-16/Modbus of 0A 07 41 01 23 41 30 31 32 BA C5, worked out by hand in another program.
    expect(bytes.subarray(0, -3)).toEqual(fromHex('02 0A 07 41 01 23 41 30 31 32 BA C5'));
    expect(find(CALLER, bytes)).toEqual([{ number: 123, text: 'A012号', [ADDRESS]: 7 }]);
  });

  it('the checksum of the Modbus table: 01 04 02 FF FF is B8 80', () => {
    const layout = layoutOf({
      frame: {
        head: '01 04 02',
        length: 7,
        fields: [{ name: 'number', off: 3, size: 2, type: 'u16be' }],
        checksum: { kind: 'crc16-modbus', from: 0, to: 5, at: 5 },
      },
    });
    expect(encode(layout, { number: 0xffff })).toEqual(fromHex('01 04 02 FF FF B8 80'));
  });

  it('the check values of all checksums over 123456789', () => {
    const layout = (kind: string, bytes: number) =>
      layoutOf({
        frame: {
          head: '31 32 33 34 35 36 37 38 39',
          length: 9 + bytes,
          checksum: { kind, from: 0, to: 9, at: 9 },
        },
      });
    expect(encode(layout('crc16-arc', 2), {}).subarray(9)).toEqual(fromHex('3D BB'));
    expect(encode(layout('crc16-modbus', 2), {}).subarray(9)).toEqual(fromHex('37 4B'));
    expect(encode(layout('sum8', 1), {}).subarray(9)).toEqual(fromHex('DD'));
    expect(encode(layout('xor8', 1), {}).subarray(9)).toEqual(fromHex('31'));
  });

  it('a text that is too long is cut between characters', () => {
    const layout = layoutOf({ frame: { length: 6, fields: [{ name: 'text', off: 0, size: 5, type: 'gbk' }] } });
    expect(encode(layout, { text: '请稍候' })).toEqual(fromHex('C7 EB C9 D4 00 00'));
    expect(encode(CALLER, { number: 1, text: '请'.repeat(300) }).length).toBeLessThanOrEqual(255);
  });

  it('nothing to show is blank', () => {
    const layout = layoutOf({
      frame: { length: 2, fields: [{ name: 'number', off: 0, size: 2, type: 'u16be', blank: 0xffff }] },
    });
    expect(encode(layout, { number: null })).toEqual(fromHex('FF FF'));
  });

  it('received values that the map does not list are nothing', () => {
    const layout = layoutOf({
      frame: {
        head: 'AA',
        length: 3,
        fields: [{ name: 'level', off: 1, size: 1, type: 'u8', map: { 16: 5, 17: 1 } }],
        checksum: { kind: 'xor8', from: 0, to: 2, at: 2 },
      },
    });
    expect(find(layout, fromHex('AA 10 BA AA 11 BB AA 12 B8')).map((frame) => frame.level)).toEqual([5, 1, null]);
  });
});

describe('a wrong profile', () => {
  it.each([
    ['frame.head', { frame: { head: '3', length: 4 } }],
    ['frame.length', { frame: { length: 0 } }],
    ['frame.fields.0.type', { frame: { length: 4, fields: [{ name: 'number', off: 0, size: 2, type: 'u24' }] } }],
    ['frame.fields.0.size', { frame: { length: 4, fields: [{ name: 'number', off: 0, size: 1, type: 'u16be' }] } }],
    ['frame.fields.0.size', { frame: { length: 4, fields: [{ name: 'number', off: 3, size: 2, type: 'u16be' }] } }],
    ['frame.fields.0.size', { frame: { length: 4, fields: [{ name: 'text', off: 0, size: 'rest', type: 'gbk' }] } }],
    ['frame.checksum.at', { frame: { length: 4, checksum: { kind: 'sum8', at: 4 } } }],
    ['frame.checksum.at', { frame: { length: 4, checksum: { kind: 'crc16-arc', at: -1 } } }],
    ['frame.checksum.to', { frame: { length: 4, checksum: { kind: 'sum8', to: 9, at: 3 } } }],
    ['reply.kind', { frame: { length: 4 }, reply: { kind: 'maybe' } }],
    ['gapMs', { frame: { length: 4 }, gapMs: -1 }],
    ['', 'no-such-profile'],
  ])('is refused at %s', (path, profile) => {
    const parsed = profileCell.safeParse(profile);
    expect(parsed.error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
  });
});

describe('any stream', () => {
  it.each([
    ['sunpn', SUNPN, fromHex('3A 00 78 03 01 B6 0A')],
    ['quad', QUAD, fromHex('05 03 E7 EF')],
    ['a length byte', CALLER, encode(CALLER, { number: 12, text: 'A012' }, 3)],
  ])('%s: breaks nothing, holds little, and the next good frame is found', (_, layout, good) => {
    const start = [...good.subarray(0, 3)];
    const noise = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.array(fc.constantFrom(...start), { maxLength: 12 }).map((bytes) => Uint8Array.from(bytes)),
      fc.integer({ min: 1, max: good.length - 1 }).map((length) => new Uint8Array(good.subarray(0, length))),
      fc.constant(new Uint8Array(good)),
    );
    fc.assert(
      fc.property(fc.array(noise, { maxLength: 6 }), fc.integer({ min: 1, max: 30 }), (parts, size) => {
        const finder = new SlidingFinder(ruleOf(layout));
        const frames: FrameValues[] = [];
        const bytes = Buffer.concat(parts);
        for (let at = 0; at < bytes.length; at += size) {
          frames.push(...finder.push(bytes.subarray(at, at + size)));
          expect(finder.held).toBeLessThan(255);
        }
        frames.push(...finder.expire());
        expect(finder.held).toBe(0);
        // Behind a silence nothing that came before can hide it.
        expect(finder.push(good)).toEqual(find(layout, good));
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['sunpn', SUNPN],
    ['a length byte', CALLER],
  ])('%s: comes back as it was sent', (_, layout) => {
    const text = fc.stringMatching(/^[A-Z0-9一-龥]{0,20}$/);
    fc.assert(
      fc.property(fc.nat({ max: 9999 }), text, fc.nat({ max: 255 }), (number, words, address) => {
        const bytes = encode(layout, { number, text: words, attention: 1 }, address);
        expect(find(layout, bytes)).toEqual([expect.objectContaining({ number })]);
      }),
      { numRuns: 200 },
    );
  });
});
