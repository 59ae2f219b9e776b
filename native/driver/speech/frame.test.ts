import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { fromHex } from '../../../tests/fixtures/deviceBench.ts';
import { encodeSyn6288 } from '../syn6288/frame.ts';
import { encodeXfs5152 } from '../xfs5152/frame.ts';
import { SPEAK, STATUS, STOP } from './dialect.ts';
import { ReplyFinder } from './replyFinder.ts';
import { splitText } from './split.ts';

/** devices.md §4.3. */
const text = (encoding: number, words: string) => Buffer.concat([Buffer.of(encoding), iconv.encode(words, 'gbk')]);
const CALL = '请A012号到3号窗口';

describe('vectors', () => {
  it.each([
    ['stop', STOP, undefined, 'FD 00 02 02 FD'],
    ['pause', 0x03, undefined, 'FD 00 02 03 FC'],
    ['resume', 0x04, undefined, 'FD 00 02 04 FB'],
    ['status', STATUS, undefined, 'FD 00 02 21 DE'],
    ['sleep', 0x88, undefined, 'FD 00 02 88 77'],
    ['你好 in GB2312', SPEAK, text(0, '你好'), 'FD 00 07 01 00 C4 E3 BA C3 A5'],
    ['a call', SPEAK, text(1, CALL), 'FD 00 14 01 01 C7 EB 41 30 31 32 BA C5 B5 BD 33 BA C5 B4 B0 BF DA ED'],
    [
      'a call with marks',
      SPEAK,
      text(1, `[v10][m0][t3]${CALL}`),
      'FD 00 21 01 01 5B 76 31 30 5D 5B 6D 30 5D 5B 74 33 5D C7 EB 41 30 31 32 BA C5 B5 BD 33 BA C5 B4 B0 BF DA B3',
    ],
  ])('SYN6288: %s', (_, command, data, bytes) => {
    expect(Buffer.from(encodeSyn6288(command, data))).toEqual(fromHex(bytes));
  });

  it.each([
    ['stop', STOP, undefined, 'FD 00 01 02'],
    ['pause', 0x03, undefined, 'FD 00 01 03'],
    ['resume', 0x04, undefined, 'FD 00 01 04'],
    ['status', STATUS, undefined, 'FD 00 01 21'],
    ['sleep', 0x88, undefined, 'FD 00 01 88'],
    ['wake', 0xff, undefined, 'FD 00 01 FF'],
    ['[v4]', SPEAK, text(1, '[v4]'), 'FD 00 06 01 01 5B 76 34 5D'],
    ['你好 in GB2312', SPEAK, text(0, '你好'), 'FD 00 06 01 00 C4 E3 BA C3'],
    ['a call', SPEAK, text(1, CALL), 'FD 00 13 01 01 C7 EB 41 30 31 32 BA C5 B5 BD 33 BA C5 B4 B0 BF DA'],
  ])('XFS5152 and SYN6658: %s', (_, command, data, bytes) => {
    expect(Buffer.from(encodeXfs5152(command, data))).toEqual(fromHex(bytes));
  });
});

describe('answers', () => {
  it('are single bytes; every other byte is dropped, and nothing is held', () => {
    const known = [0x4a, 0x41, 0x45, 0x4e, 0x4f];
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const finder = new ReplyFinder();
        expect(finder.push(bytes)).toEqual([...bytes].filter((byte) => known.includes(byte)));
        expect(finder.held).toBe(0);
      }),
    );
  });
});

describe('a long text', () => {
  it('is cut at 200 bytes with its marks, between characters, and nothing is lost', () => {
    const word = fc.stringMatching(/^[一-龥A-Z0-9，。[\]𠮷]{0,300}$/u);
    fc.assert(
      fc.property(word, fc.constantFrom('', '[v10][m0][t3]'), (words, marks) => {
        const parts = splitText(words, marks);
        for (const { bytes } of parts) expect(bytes.length).toBeLessThanOrEqual(200);
        const decoded = parts.map(({ bytes }) => iconv.decode(Buffer.from(bytes), 'gbk'));
        for (const part of decoded) expect(part.startsWith(marks)).toBe(true);
        // What the module has no code for is said as 〓, and its brackets are ours alone.
        expect(decoded.map((part) => part.slice(marks.length)).join('')).toBe(
          words.replaceAll(/[[\]]/g, '').replaceAll('𠮷', '〓'),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('is cut at a comma when there is one near the end', () => {
    const [first, second] = splitText(`${'请'.repeat(90)}，${'候'.repeat(40)}`, '');
    expect([first?.characters, second?.characters]).toEqual([91, 40]);
  });
});
