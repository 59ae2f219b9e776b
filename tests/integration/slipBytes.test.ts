import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import receiptline from 'receiptline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SlipBlock, SlipDocument } from '../../domain/slip/document.ts';
import { layOutSlip, type SlipPiece } from '../../domain/slip/layout.ts';
import { encodeSlip } from '../../native/driver/escpos/document.ts';
import { drawSlip } from '../../native/driver/escpos/drawing.ts';
import { drawQr, drawTextLine } from '../../native/paper/textImage.ts';
import { decode } from '../../native/simulator/escpos/decode.ts';
import { type Op, textLines } from '../../native/simulator/escpos/ops.ts';
import { renderPng } from '../../native/simulator/escpos/render.ts';

/**
 * The same slip by us and by receiptline, both through the decoder that was written from the protocol: same lines, and
 * zbarimg reads the same codes from both papers.
 */

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'slip-bytes-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const COLUMNS = 48;

function ours(document: SlipDocument): Op[] {
  return decode(encodeSlip(document, { columns: COLUMNS, processId: null }).bytes);
}

function theirs(document: SlipDocument): Op[] {
  const markup = ['{width:*}', ...layOutSlip(document, COLUMNS).flatMap(toMarkup), '='].join('\n');
  const printed = receiptline.transform(markup, {
    command: 'escpos',
    encoding: 'gb18030',
    cpl: COLUMNS,
    spacing: false,
  });
  return decode(Buffer.from(printed, 'latin1'));
}

/** receiptline's marks for twice and four times the size. */
const MARKS = { 1: '', 2: '^^^', 4: '^^^^^' } as const;

/** One line of receiptline's language for each line on paper. A cell's own blanks are kept by escaping them. */
function toMarkup(piece: SlipPiece): string[] {
  switch (piece.kind) {
    case 'text':
      return piece.lines.map((line) => {
        const text = `${MARKS[piece.size]}${piece.bold ? '"' : ''}${escapeMarks(line)}${piece.bold ? '"' : ''}`;
        return piece.align === 'centre' ? text : `${text} |`;
      });
    case 'rule':
      return [`${escapeMarks('-'.repeat(piece.columns))} |`];
    case 'barcode':
      return [`{code:${piece.data};option:code128,3,64,nohri}`, ...piece.lines.map(escapeMarks)];
    case 'qr':
      return [`{code:${piece.data};option:qrcode,6,M}`];
    case 'feed':
      return [];
  }
}

function escapeMarks(text: string): string {
  return text.replace(/[\\|{}~_"`^=-]/g, (mark) => `\\${mark}`).replaceAll(' ', '\\x20');
}

function scan(ops: readonly Op[]): string[] {
  const file = path.join(folder, 'paper.png');
  writeFileSync(file, renderPng(ops));
  return execFileSync('zbarimg', ['-q', file], { encoding: 'utf8' }).trim().split('\n').sort();
}

const lines = (ops: readonly Op[]): string[] => textLines(ops).map((line) => line.trim());

const line = (text: string): SlipBlock => ({ kind: 'text', text, align: 'left', size: 1, bold: false });

const TICKET: SlipDocument = {
  title: '排队号票',
  columns: COLUMNS,
  copies: 1,
  blocks: [
    { kind: 'text', text: '测试政务大厅', align: 'centre', size: 2, bold: false },
    { kind: 'text', text: 'A012', align: 'centre', size: 4, bold: true },
    line('前面等候3人'),
    line('三楼 涉税综合服务区'),
    { kind: 'rule' },
    { kind: 'qr', data: 'https://e.cn/t?A012' },
  ],
};

const RECEIPT: SlipDocument = {
  title: '受理凭证',
  columns: COLUMNS,
  copies: 1,
  blocks: [
    { kind: 'text', text: '不动产登记受理凭证', align: 'centre', size: 2, bold: true },
    { kind: 'field', label: '受理编号', value: '20261123070012' },
    { kind: 'field', label: '权利人', value: '阿依古丽·买买提' },
    { kind: 'field', label: '坐落', value: '吉林省某某市测试区示例大街1210号测试花园3号楼2单元1201室' },
    { kind: 'rule' },
    line('1. 不动产登记申请书 原件 1份'),
    line('2. 主债权合同（含抵押条款） 原件 1份'),
    { kind: 'barcode', data: '20261123070012', text: '20261123070012' },
    { kind: 'qr', data: 'YC1:20261123070012' },
  ],
};

describe.each([
  ['a ticket', TICKET],
  ['a receipt', RECEIPT],
])('%s by us and by receiptline', (_, document) => {
  test('has the same lines of text', () => {
    expect(lines(ours(document))).toEqual(lines(theirs(document)));
    expect(lines(ours(document)).length).toBeGreaterThan(3);
  });

  test('gives a scanner the same codes', () => {
    const codes = scan(ours(document));
    expect(codes).toEqual(scan(theirs(document)));
    expect(codes).toContain(`QR-Code:${document.blocks.flatMap((each) => (each.kind === 'qr' ? [each.data] : []))[0]}`);
  });
});

test('a printer that makes no QR codes gets the same code as a picture', async () => {
  const drawn = await drawSlip(RECEIPT, COLUMNS, 'raster', { line: drawTextLine, qr: drawQr });
  const ops = decode(encodeSlip(RECEIPT, { columns: COLUMNS, processId: null, drawn }).bytes);
  expect(ops.some((op) => op.kind === 'qr')).toBe(false);
  expect(scan(ops)).toEqual(scan(ours(RECEIPT)));
});
