import { describe, expect, test } from 'vitest';
import type { SlipDocument } from '../../../domain/slip/document.ts';
import { DOTS_PER_COLUMN, layoutSlip, readSlip } from './layoutSlip.ts';
import { code128Path, qrPath } from './symbols.ts';

const slip = (...blocks: SlipDocument['blocks']): SlipDocument => ({ title: '', columns: 48, copies: 1, blocks });

describe('the laid-out slip', () => {
  test('is 576 dots wide and centres by half-width columns', () => {
    const layout = layoutSlip(slip({ kind: 'text', text: '受理凭证', align: 'centre', size: 2, bold: true }));
    expect(layout.width).toBe(576);
    const [piece] = layout.pieces;
    expect(piece?.kind === 'text' ? piece.runs : null).toEqual([
      { wide: true, text: '受理凭证', xs: [16, 20, 24, 28].map((column) => column * DOTS_PER_COLUMN) },
    ]);
  });

  test('a field stands on the printer’s columns and is read whole', () => {
    const value = '龙'.repeat(40);
    const document = slip({ kind: 'field', label: '坐落', value });
    const starts = layoutSlip(document).pieces.flatMap((piece) =>
      piece.kind === 'text' ? [piece.runs.find((run) => run.text.includes('龙'))?.xs[0]] : [],
    );
    expect(starts).toEqual(Array(3).fill(10 * DOTS_PER_COLUMN));
    expect(readSlip(document)).toEqual([`坐落 ${value}`]);
  });

  test('spaces and narrow characters keep their columns, a rare character takes two UTF-16 positions', () => {
    const layout = layoutSlip(slip({ kind: 'text', text: 'W07  𠮷', align: 'left', size: 1, bold: false }));
    const [piece] = layout.pieces;
    expect(piece?.kind === 'text' ? piece.runs : null).toEqual([
      { wide: false, text: 'W07  ', xs: [0, 12, 24, 36, 48] },
      { wide: true, text: '𠮷', xs: [60, 60] },
    ]);
  });
});

describe('symbols', () => {
  test('a QR of a case number is a square of modules with path data only', () => {
    const symbol = qrPath('20181123070012');
    expect(symbol.width).toBe(symbol.height);
    expect(symbol.path).toMatch(/^M[\d.MLhvz -]+z$/);
  });

  test('Code 128 of fourteen digits is short: the even digit pairs use code set C', () => {
    // Start, seven pairs, check: 9 × 11 modules, stop 13; two units a module.
    expect(code128Path('20181123070012').width).toBe(224);
  });

  test('bars lie on whole modules and never overlap', () => {
    const bars = [...code128Path('20181123070012').path.matchAll(/M(-?[\d.]+) [\d.]+h([\d.]+)/g)]
      .map((match) => [Number(match[1]), Number(match[2])] as const)
      .sort((a, b) => a[0] - b[0]);
    // Nine symbols of three bars and a stop of four.
    expect(bars).toHaveLength(31);
    let end = -1;
    for (const [left, width] of bars) {
      expect([left % 2, width % 2]).toEqual([0, 0]);
      expect(left).toBeGreaterThan(end);
      end = left + width;
    }
  });
});
