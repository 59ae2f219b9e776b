import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import type { SlipBlock, SlipDocument } from '../../../domain/slip/document.ts';
import { encodeSlip } from './document.ts';
import { EscposEncoder } from './encoder.ts';

const WIDE = { columns: 48, processId: null };
const CUT = '\u001bd\u0004\u001dV\u0001';

function slipOf(...blocks: SlipBlock[]): SlipDocument {
  return { title: '测试', columns: 48, copies: 1, blocks };
}

/** Bytes as text: GB codes read, commands left in. Codes of one test slip cannot be mistaken for a command. */
function read(bytes: Uint8Array): string {
  return iconv.decode(Buffer.from(bytes), 'gb18030');
}

const [ESC, GS, FS] = ['\x1b', '\x1d', '\x1c'];
const COMMANDS = new RegExp(`${ESC}@|${ESC}[aEd].|${GS}[!V].|${FS}[&.]`, 'gsu');

/** The lines as they stand on the paper of a slip that has no barcode, QR or size in it. */
function linesOf(document: SlipDocument, columns = 48): string[] {
  const text = read(encodeSlip(document, { columns, processId: null }).bytes);
  const plain = text.replace(COMMANDS, '');
  return plain.split('\n').slice(0, -1);
}

describe('encodeSlip', () => {
  test('lays a field out in two columns, the value wrapped under itself', () => {
    const location = '吉林省某某市测试区示例大街1210号测试花园3号楼2单元1201室';
    expect(linesOf(slipOf({ kind: 'field', label: '坐落', value: location }))).toEqual([
      '坐落      吉林省某某市测试区示例大街1210号测试花',
      '          园3号楼2单元1201室',
    ]);
  });

  test('gives a label that fills its column a line of its own, and an empty value none', () => {
    expect(linesOf(slipOf({ kind: 'field', label: '申请人签字', value: '测试甲' }))).toEqual([
      '申请人签字',
      '          测试甲',
    ]);
    expect(linesOf(slipOf({ kind: 'field', label: '申请人签字', value: '' }))).toEqual(['申请人签字']);
    expect(linesOf(slipOf({ kind: 'field', label: '', value: '___' }))).toEqual(['          ___']);
  });

  test('draws a rule over the whole width of the paper that is in the printer', () => {
    expect(linesOf(slipOf({ kind: 'rule' }))).toEqual(['-'.repeat(48)]);
    expect(linesOf(slipOf({ kind: 'rule' }), 32)).toEqual(['-'.repeat(32)]);
    expect(linesOf(slipOf({ kind: 'rule' }), 64)).toEqual(['-'.repeat(48)]);
  });

  test('wraps a heading of double size at half the columns', () => {
    const block = { kind: 'text', text: '不动产登记受理凭证', align: 'centre', size: 2, bold: true } as const;
    const { bytes } = encodeSlip({ ...slipOf(block), columns: 16 }, WIDE);
    expect(read(bytes)).toBe(
      '\u001b@\u001ba\u0001\u001bE\u0001\u001d!\u0011\u001c&不动产登\n\u001c.\u001c&记受理凭\n\u001c.\u001c&证\n\u001c.' +
        `\u001d!\u0000\u001bE\u0000\u001ba\u0000${CUT}`,
    );
  });

  test('prints the barcode wide on 80 mm paper, narrower on 58 mm, with its text below', () => {
    const slip = slipOf({ kind: 'barcode', data: '20261123070012', text: '20261123070012' });
    const bars = '\u001d_H\u0000\u001dkI\u0009{C\u0014\u001a\u000b\u0017\u0007\u0000\u000c20261123070012\n';
    const expected = (width: string) => bars.replace('\u001d_', `\u001dh@\u001dw${width}\u001d`);
    expect(read(encodeSlip(slip, WIDE).bytes)).toContain(expected('\u0003'));
    expect(read(encodeSlip(slip, { columns: 32, processId: null }).bytes)).toContain(expected('\u0002'));
  });

  test('refuses a barcode no scanner could read on this paper', () => {
    const slip = slipOf({ kind: 'barcode', data: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', text: '' });
    expect(() => encodeSlip(slip, { columns: 32, processId: null })).toThrow(RangeError);
  });

  test('prints the QR code at size 6, level M', () => {
    const text = read(encodeSlip(slipOf({ kind: 'qr', data: '20261123070012' }), WIDE).bytes);
    expect(text).toContain('\u001d(k\u0003\u00001C\u0006\u001d(k\u0003\u00001E1');
    expect(text).toContain('\u001d(k\u0011\u00001P020261123070012\u001d(k\u0003\u00001Q0');
  });

  test('repeats the whole slip for each copy, a cut after each, and asks for confirmation last and once', () => {
    const slip = { ...slipOf({ kind: 'rule' }, { kind: 'feed', lines: 2 }), copies: 2 };
    const copy = `${'-'.repeat(48)}\n\u001bd\u0002${CUT}`;
    const { bytes } = encodeSlip(slip, { columns: 48, processId: '0042' });
    expect(read(bytes)).toBe(`\u001b@${copy}${copy}\u001d(H\u0006\u0000000042`);
  });

  test('enters Chinese mode for each line that needs it and leaves it before any command', () => {
    const slip = slipOf(
      { kind: 'field', label: '受理编号', value: '20261123070012' },
      { kind: 'text', text: '𠮷', align: 'left', size: 1, bold: false },
      { kind: 'rule' },
    );
    const text = read(encodeSlip(slip, WIDE).bytes);
    expect(text).toContain('\u001c&受理编号  20261123070012\n\u001c.');
    expect(text).toContain('\u001c&〓\n\u001c.');
    expect(text).toContain(`${'-'.repeat(48)}\n`);
    expect(text.split('\u001c&')).toHaveLength(text.split('\u001c.').length);
  });

  test('marks what the printer has no character for and says on the slip what to write in', () => {
    const slip = { ...slipOf({ kind: 'field', label: '申请人', value: '𠮷㐀𠮷' }), copies: 2 };
    const { bytes, unprintable } = encodeSlip(slip, WIDE);
    expect(unprintable).toEqual(['U+20BB7', 'U+3400']);
    expect(read(bytes).split('申请人    〓〓〓\n')).toHaveLength(3);
    expect(read(bytes).split('〓 处请手写：U+20BB7 U+3400 U+20BB7\n\u001c.\u001bd')).toHaveLength(3);
    expect(read(encodeSlip(slipOf({ kind: 'rule' }), WIDE).bytes)).not.toContain('手写');
  });

  test('makes line ends in a value spaces: the value cannot leave its column', () => {
    expect(linesOf(slipOf({ kind: 'field', label: '坐落', value: '甲\r\n乙\u001b@' }))).toEqual(['坐落      甲 乙 @']);
  });

  const anyText = fc.string({ unit: 'binary', maxLength: 40 });
  const digits = fc.string({ unit: fc.constantFrom('16', '04', '05', '20', '01'), minLength: 1, maxLength: 8 });

  test('gives the printer the same commands whatever stands in the text', () => {
    // All control bytes but LF and FS, whose number depends on the lines.
    const commands = (bytes: Uint8Array) =>
      [...read(bytes)].filter((char) => (char < ' ' || char === '\x7f') && char !== '\n' && char !== '\x1c');
    const build = (text: string) =>
      encodeSlip(
        slipOf(
          { kind: 'text', text, align: 'centre', size: 2, bold: true },
          { kind: 'field', label: text, value: text },
          { kind: 'barcode', data: '1234', text },
        ),
        WIDE,
      ).bytes;
    const expected = commands(build('甲'));
    fc.assert(
      fc.property(anyText, (text) => {
        expect(commands(build(text))).toEqual(expected);
      }),
    );
  });

  test('holds no real-time command in a picture either', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 72, maxLength: 72 * 24 }),
        fc.nat(1700),
        fc.constantFrom(4, 5, 0x14),
        (noise, at, byte) => {
          const rows = noise.subarray(0, noise.length - (noise.length % 72));
          rows.set([0x10, byte].slice(0, Math.max(0, rows.length - at)), Math.min(at, rows.length - 1));
          const image = { width: 576, height: rows.length / 72, rows };
          const bytes = new EscposEncoder().raster(image).bytes();
          expect(realTimeIn(bytes)).toBe(false);
          // Only the byte after a DLE may have a dot more.
          const changed = [...bytes.subarray(8)].filter((dots, index) => dots !== rows[index]);
          expect(changed.every((dots) => [0x24, 0x25, 0x34].includes(dots))).toBe(true);
        },
      ),
    );
  });

  test('holds no real-time command anywhere', () => {
    fc.assert(
      fc.property(anyText, digits, fc.nat(255), (text, number, lines) => {
        const { bytes } = encodeSlip(
          slipOf(
            { kind: 'field', label: text, value: text },
            { kind: 'barcode', data: number, text: number },
            { kind: 'feed', lines },
            { kind: 'qr', data: number },
          ),
          { columns: 48, processId: '1604' },
        );
        expect(realTimeIn(bytes)).toBe(false);
      }),
    );
  });
});

/** DLE EOT, DLE ENQ, DLE DC4: obeyed wherever they stand. */
function realTimeIn(bytes: Uint8Array): boolean {
  return bytes.some((byte, at) => byte === 0x10 && [0x04, 0x05, 0x14].includes(bytes[at + 1] ?? 0));
}
