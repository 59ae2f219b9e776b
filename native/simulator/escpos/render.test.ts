import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { PNG } from 'pngjs';
import receiptline from 'receiptline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decode } from './decode.ts';
import { barcodePayloads, type Op, textLines } from './ops.ts';
import { findProblems, renderPng, renderSvg } from './render.ts';
import { TICKET_A012 } from './ticketA012.ts';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const latin = (text: string) => Buffer.from(text, 'latin1');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'escpos-render-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What Debian's zbar-tools read from the picture: an oracle that shares nothing with us. */
async function scan(ops: readonly Op[]): Promise<string[]> {
  const file = join(folder, 'paper.png');
  await writeFile(file, renderPng(ops));
  const { stdout } = await promisify(execFile)('zbarimg', ['-q', file]);
  return stdout.trim().split('\n').sort();
}

function qr(data: string, size: number, level: string): Uint8Array {
  const body = Buffer.from(data);
  return Buffer.concat([
    bytes(`1D286B03003143${size.toString(16).padStart(2, '0')} 1D286B03003145${level}`),
    Buffer.of(0x1d, 0x28, 0x6b, (body.length + 3) & 0xff, (body.length + 3) >> 8, 0x31, 0x50, 0x30),
    body,
    bytes('1D286B0300315130'),
  ]);
}

function code128(data: string, moduleWidth: number): Uint8Array {
  return Buffer.concat([
    bytes('1D6880'),
    Buffer.of(0x1d, 0x77, moduleWidth),
    bytes('1D6B49'),
    Buffer.of(data.length),
    latin(data),
  ]);
}

describe('a scanner reads from the paper', () => {
  it('the QR code of the ticket of devices.md §2.7', async () => {
    expect(await scan(decode(TICKET_A012))).toEqual(['QR-Code:https://e.cn/t?A012']);
  });

  it.each([
    [4, '30'],
    [4, '33'],
    [8, '31'],
  ])('a QR code of %i dots to the module, level byte %s', async (size, level) => {
    const data = 'https://e.cn/t?n=110101-2026-W07-000123';
    expect(await scan(decode(qr(data, size, level)))).toEqual([`QR-Code:${data}`]);
  });

  it.each([
    ['{BCase-7 {{x}', 2, 'Case-7 {x}'],
    ['{C\x0b\x22\x38\x4e', 3, '11345678'],
    ['{BW07-{C\x14\x1a\x00\x63{B-x', 2, 'W07-20260099-x'],
    ['{AW07 2026', 2, 'W07 2026'],
    ['{Ba{SBb', 3, 'aBb'],
  ])('the Code 128 data %j in modules of %i dots', async (data, moduleWidth, text) => {
    const ops = decode(code128(data, moduleWidth));
    expect(await scan(ops)).toEqual([`CODE-128:${text}`]);
    expect(barcodePayloads(ops)).toEqual([text]);
  });

  it('codes between lines of text, aligned, with the readable line', async () => {
    const job = [bytes('1B6101 1D4802 410A'), code128('{BW07-9', 2), bytes('1B6102 420A'), qr('W07-9', 5, '31')];
    expect(await scan(decode(Buffer.concat(job)))).toEqual(['CODE-128:W07-9', 'QR-Code:W07-9']);
  });

  it.each(['escpos', 'generic'] as const)('what receiptline prints as %s, with the same texts', async (command) => {
    const job = receiptline.transform(
      '^^^测试政务大厅\n\n"^^^A012"\n前面等候3人\n{c:https://e.cn/t?A012;o:qrcode,6,m}\n{c:A012-2026;o:code128,2,72}\n请留意叫号 |',
      { cpl: 48, encoding: 'gb18030', command, cutting: true },
    );
    const ops = decode(latin(job));
    expect(textLines(ops).map((line) => line.trim())).toEqual(['测试政务大厅', 'A012', '前面等候3人', '请留意叫号']);
    expect(ops.map((op) => op.kind)).toContain('raster');
    expect(ops.at(-2)).toMatchObject({ kind: 'cut', partial: true });
    expect(await scan(ops)).toEqual(['CODE-128:A012-2026', 'QR-Code:https://e.cn/t?A012']);
  });
});

describe('the picture', () => {
  const black = (png: PNG, x: number, y: number) => png.data[(y * png.width + x) * 4] === 0;

  it('has 576 printable dots between two margins and shows a raster dot by dot', () => {
    const png = PNG.sync.read(renderPng(decode(bytes('1B6101 1D763001 0100 0200 8001'))));
    expect([png.width, png.height]).toEqual([640, 66]);
    const dots = [];
    for (let y = 0; y < 2; y++) for (let x = 0; x < 16; x++) dots.push(black(png, 312 + x, 32 + y) ? 1 : 0);
    expect(dots.join('')).toBe('1100000000000000' + '0000000000000011');
  });

  it('shows text to a person in the SVG, each character in its cell', () => {
    const svg = renderSvg(decode(bytes('1C26 B2E2 3C26 1B4501 41 0A')));
    expect(svg).toContain('<g transform="translate(0 0) scale(1 1)"><text x="12" y="20">测</text></g>');
    expect(svg).toContain('<g transform="translate(24 0) scale(1 1)"><text x="6" y="20">&lt;</text></g>');
    expect(svg).toContain('<g transform="translate(36 0) scale(1 1)"><text x="6" y="20">&amp;</text></g>');
    expect(svg).toContain(
      '<g transform="translate(48 0) scale(1 1)"><text x="6" y="20" font-weight="bold">A</text></g>',
    );
  });

  it('aligns and wraps as a printer does, and says what went wrong', () => {
    const svg = renderSvg(decode(Buffer.concat([bytes('1B6102'), latin('x'.repeat(49)), bytes('0A')])));
    expect(svg).toContain('translate(0 0)');
    expect(svg).toContain('translate(564 24)');
    expect(findProblems(decode(latin(`${'x'.repeat(49)}\n`)))).toEqual(['line wrapped']);
    expect(findProblems(decode(latin(`${'x'.repeat(48)}\n`)))).toEqual([]);
  });

  it('leaves out a code wider than the paper, as printers do', () => {
    const ops = decode(Buffer.concat([code128(`{B${'W'.repeat(30)}`, 3), qr('x'.repeat(400), 16, '33')]));
    expect(findProblems(ops)).toEqual(['bar code code128 wider than the paper', 'QR code wider than the paper']);
    expect(PNG.sync.read(renderPng(ops)).height).toBe(64);
  });

  it('reports a QR code no version can hold', () => {
    expect(findProblems(decode(qr('x'.repeat(3000), 1, '33')))).toEqual(['QR code cannot be drawn']);
  });

  it('draws whatever the decoder makes of noise', () => {
    const noise = fc.array(
      fc.oneof(
        fc.uint8Array({ maxLength: 9 }),
        fc.constantFrom('1D6B49057B41017B53', '1B64FF', '1C26', '1D2177', '1B24FFFF').map(bytes),
      ),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(noise, (parts) => {
        const ops = decode(Buffer.concat(parts));
        expect(PNG.sync.read(renderPng(ops)).width).toBe(640);
        expect(renderSvg(ops)).toMatch(/<\/svg>$/);
      }),
      { numRuns: 15 },
    );
  });
});
