import fc from 'fast-check';
import iconv from 'iconv-lite';
import receiptline from 'receiptline';
import { describe, expect, test } from 'vitest';
import { cleanText } from '../../../domain/slip/cleanText.ts';
import { columnsOf } from '../../../domain/slip/document.ts';
import { encodeText } from './text.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 60 });
const GETA = [0xa1, 0xfe];

/** True when the bytes are nothing but printable ASCII and whole two-byte codes. */
function isPrintable(bytes: readonly number[]): boolean {
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x20 && byte <= 0x7e) continue;
    const trail = bytes[at + 1] ?? 0;
    if (byte < 0x81 || byte > 0xfe || trail < 0x40 || trail === 0x7f || trail > 0xfe) return false;
    at += 1;
  }
  return true;
}

describe('encodeText', () => {
  test.each([
    ['测试政务大厅', 'b2e2cad4d5fecef1b4f3ccfc'],
    ['前面等候3人', 'c7b0c3e6b5c8baf233c8cb'],
    ['您好A012', 'c4fabac341303132'],
    // U+00B7, the dot of the names on identity cards: two bytes, and the same dot on the way back.
    ['阿依古丽·买买提', 'b0a2d2c0b9c5c0f6a1a4c2f2c2f2cce1'],
    ['', ''],
  ])('encodes %s', (text, hex) => {
    expect(encodeText(text)).toEqual({ bytes: [...Buffer.from(hex, 'hex')], unprintable: [] });
    expect(iconv.decode(Buffer.from(hex, 'hex'), 'gb18030')).toBe(text);
  });

  test.each([
    ['𠮷', 'U+20BB7', 'four bytes, 95 34 B2 35'],
    ['㐀', 'U+3400', 'four bytes, 81 39 EE 39'],
    ['²', 'U+00B2', 'four bytes in the BMP'],
    ['\ue000', 'U+E000', 'private use with the two bytes AA A1'],
    ['\ue78d', 'U+E78D', 'private use with the two bytes A6 D9'],
    ['\ue5e5', 'U+E5E5', 'private use, no round trip'],
    ['\u{f0000}', 'U+F0000', 'private use of plane 15'],
    ['\ud842', 'U+D842', 'half of a pair'],
    ['😀', 'U+1F600', 'emoji'],
    ['\u{e0100}', 'U+E0100', 'variation selector: another form of the character before it'],
  ])('prints 〓 for %s and reports %s (%s)', (char, name) => {
    expect(encodeText(`甲${char}乙`)).toEqual({ bytes: [0xbc, 0xd7, ...GETA, 0xd2, 0xd2], unprintable: [name] });
  });

  test('reports in order and with repeats', () => {
    expect(encodeText('𠮷a㐀b𠮷').unprintable).toEqual(['U+20BB7', 'U+3400', 'U+20BB7']);
  });

  test('never prints a question mark nobody wrote', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const marks = encodeText(text.replaceAll('?', '')).bytes.filter((byte) => byte === 0x3f);
        expect(marks).toEqual([]);
      }),
    );
  });

  test('makes of any text printable bytes only: no command can come from data', () => {
    fc.assert(
      fc.property(anyText, (text) => isPrintable(encodeText(text).bytes)),
      { numRuns: 2000 },
    );
  });

  test('turns the command bytes of the printer into spaces', () => {
    const commands = '\u001b@\u0010\u0004\u0001\u001cp\u001dV\u0000\n\r\n\t\u007f\u0085\u009b';
    expect(Buffer.from(encodeText(commands).bytes).toString('latin1')).toBe(' @    p V       ');
  });

  test('gives back every character it did not report', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { bytes, unprintable } = encodeText(text);
        const printed = [...iconv.decode(Buffer.from(bytes), 'gb18030')];
        const names = [...unprintable];
        for (const [index, char] of [...cleanText(text)].entries()) {
          if (printed[index] !== char) {
            expect(printed[index]).toBe('〓');
            expect(names.shift()).toBe(`U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`);
          }
        }
        expect(names).toEqual([]);
      }),
    );
  });

  test('takes as many bytes as the layout counts columns', () => {
    fc.assert(fc.property(anyText, (text) => encodeText(text).bytes.length === columnsOf(cleanText(text))));
  });
});

describe("ICU's GB18030 table, as a second opinion", () => {
  test('agrees on every character of the first plane that is printed', () => {
    const icu = new TextDecoder('gb18030');
    const wrong: string[] = [];
    let printed = 0;
    for (let point = 0x21; point <= 0xffff; point += 1) {
      const char = String.fromCharCode(point);
      const { bytes, unprintable } = encodeText(char);
      if (cleanText(char) !== char || unprintable.length > 0) continue;
      printed += 1;
      if (icu.decode(Uint8Array.from(bytes)) !== char) wrong.push(char);
    }
    expect(wrong).toEqual([]);
    // All of GBK's Hanzi are among them.
    expect(printed).toBeGreaterThan(21_003);
  });
});

describe('receiptline, as a second opinion', () => {
  /** The bytes between FS & and the line feed. */
  function receiptlineRun(text: string): string {
    const output = receiptline.transform(text, { command: 'escpos', encoding: 'gb18030', cpl: 48, spacing: false });
    const bytes = Buffer.from(output, 'latin1');
    const start = bytes.indexOf(Buffer.from([0x1c, 0x26]));
    return bytes.subarray(start + 2, bytes.indexOf(0x0a, start)).toString('hex');
  }

  test.each([
    '您好A012',
    '测试政务大厅',
    '阿依古丽·买买提',
    '辽源市不动产登记交易中心',
    '1. 协助执行通知书、裁定书及执行人员工作证',
    '查封登记（含预查封）：〓 喆镕旻',
  ])('%s has the same bytes', (text) => {
    expect(Buffer.from(encodeText(text).bytes).toString('hex')).toBe(receiptlineRun(text));
  });
});
