import bwipjs from 'bwip-js/node';
import fc from 'fast-check';
import receiptline from 'receiptline';
import { describe, expect, test } from 'vitest';
import { encodeCode128 } from './code128.ts';

/** Reads function B data back: `{B`, `{C` name the set, `{{` is a brace. */
function readBack(data: readonly number[]): string {
  let text = '';
  let set = '';
  for (let at = 0; at < data.length; at += 1) {
    const byte = data[at] ?? 0;
    const next = data[at + 1] ?? 0;
    if (set === 'C' && byte < 100) text += String(byte).padStart(2, '0');
    else if (byte !== 0x7b) text += String.fromCharCode(byte);
    else {
      if (next === 0x7b) text += '{';
      else set = String.fromCharCode(next);
      at += 1;
    }
    if (set === 'C' && byte >= 100 && byte !== 0x7b) throw new Error(`set C has no pair ${byte}`);
  }
  return text;
}

/** Module count of bwip-js' own encoding. */
function countModules(text: string): number {
  const [symbol] = bwipjs.raw({ bcid: 'code128', text });
  if (symbol === undefined || !('sbs' in symbol)) throw new Error('no bars');
  return symbol.sbs.reduce((sum: number, bar: number) => sum + bar, 0);
}

/** What receiptline puts after `1D 6B 49 n`. */
function receiptlineData(text: string): number[] {
  const line = `{code:${text};option:code128,2,72,nohri}`;
  const bytes = Buffer.from(receiptline.transform(line, { command: 'escpos', encoding: 'gb18030', cpl: 48 }), 'latin1');
  const start = bytes.indexOf(Buffer.from([0x1d, 0x6b, 0x49]));
  return [...bytes.subarray(start + 4, start + 4 + (bytes[start + 3] ?? 0))];
}

describe('encodeCode128', () => {
  test('puts the 14 digits of a case number into set C', () => {
    const code = encodeCode128('20261123070012');
    expect(code.data).toEqual([0x7b, 0x43, 20, 26, 11, 23, 7, 0, 12]);
    expect(code.data).toEqual(receiptlineData('20261123070012'));
    expect(code.modules).toBe(countModules('20261123070012'));
  });

  test.each(['A012', 'W07', '1234', '12345', 'A123456', 'AB12345678CD', '123ABC', 'A1234', '20261123070012X'])(
    '%s is as short as bwip-js makes it',
    (text) => {
      expect(encodeCode128(text).modules).toBe(countModules(text));
    },
  );

  test('loses nothing of any text', () => {
    const text = fc.string({
      unit: fc.constantFrom(...'0123456789', '16', '04', '20', 'A', '{', ' ', '~'),
      minLength: 1,
    });
    fc.assert(
      fc.property(text, (value) => {
        expect(readBack(encodeCode128(value).data)).toBe(value);
      }),
      { numRuns: 1000 },
    );
  });

  // Pair 16 is the byte DLE, pairs 04, 05 and 20 make it a real-time command, obeyed inside other data (§2.4).
  test.each(['20261116040101', '16040102', '16051605', '20261116200101', '161604'])(
    'holds no real-time command in %s',
    (number) => {
      const { data } = encodeCode128(number);
      const commands = data.filter((byte, at) => byte === 0x10 && [0x04, 0x05, 0x14].includes(data[at + 1] ?? 0));
      expect(commands).toEqual([]);
      expect(readBack(data)).toBe(number);
    },
  );

  test.each(['', '甲', 'a\n', '\u007f', '7'.repeat(600)])('refuses %j', (text) => {
    expect(() => encodeCode128(text)).toThrow(RangeError);
  });
});
