import { describe, expect, test } from 'vitest';
import type { Bitmap } from '../../paper/raster.ts';
import type { EscpOptions } from './page.ts';
import { encodePage } from './passes.ts';

/** devices.md §3.7, byte for byte. */

const HEIGHT = 2100;
const TEXTS = [
  { x: 400, y: 350, text: '测试甲' },
  { x: 400, y: 525, text: '某某市测试区1号' },
];
const ESCP2: EscpOptions = { dialect: 'escp2', quality: 'letter', highSpeed: 'unset', fineSteps: true };
const LQ: EscpOptions = { ...ESCP2, dialect: 'lq1600k', fineSteps: false };

const PROLOGUE =
  '1B 40 1B 55 01 1B 78 01 1B 28 55 01 00 0A 1B 28 43 02 00 A0 0B 1B 28 63 04 00 00 00 A0 0B 1C 53 00 00';
const FIRST = '1B 28 56 02 00 F0 01 1B 24 37 02 1C 26 B2 E2 CA D4 BC D7 1C 2E';
const SECOND = '1B 28 56 02 00 E8 02 1B 24 37 02 1C 26 C4 B3 C4 B3 CA D0 B2 E2 CA D4 C7 F8 31 BA C5 1C 2E';
const EJECT = '0D 0C';
const LQ_FIELDS =
  '1B 4A F8 0D 1B 24 5E 00 1C 26 B2 E2 CA D4 BC D7 1C 2E ' +
  '1B 4A 7C 0D 1B 24 5E 00 1C 26 C4 B3 C4 B3 CA D0 B2 E2 CA D4 C7 F8 31 BA C5 1C 2E';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();
const vector = (...parts: string[]): string => parts.join('').replaceAll(' ', '');

function box(): Bitmap {
  return { width: 36, height: 24, dots: new Uint8Array(36 * 24).fill(1) };
}

describe('the published bytes', () => {
  test('a page in escp2', () => {
    const bytes = encodePage({ dpiX: 180, texts: TEXTS }, HEIGHT, ESCP2);
    expect(hex(bytes)).toBe(vector(PROLOGUE, FIRST, SECOND, EJECT));
  });

  test('the same fields in lq1600k', () => {
    const bytes = encodePage({ dpiX: 180, texts: TEXTS }, HEIGHT, LQ);
    expect(hex(bytes)).toContain(vector(LQ_FIELDS, EJECT));
  });

  test('a black box of 36 columns', () => {
    const bytes = encodePage({ dpiX: 180, dots: box() }, HEIGHT, ESCP2);
    expect(hex(bytes)).toContain(vector('1B 2A 27 24 00', 'FF'.repeat(108)));
  });

  test('fields in any order come out from top to bottom', () => {
    const bytes = encodePage({ dpiX: 180, texts: [...TEXTS].reverse() }, HEIGHT, ESCP2);
    expect(hex(bytes)).toBe(vector(PROLOGUE, FIRST, SECOND, EJECT));
  });

  test('two fields less than 0.2 mm apart are one pass, from left to right', () => {
    const texts = [
      { x: 900, y: 350, text: '乙' },
      { x: 400, y: 351, text: '甲' },
    ];
    const bytes = hex(encodePage({ dpiX: 180, texts }, HEIGHT, ESCP2));
    expect(bytes.match(/1B28560200/g)).toHaveLength(1);
    expect(bytes.indexOf('BCD7')).toBeLessThan(bytes.indexOf('D2D2'));
  });

  test('lq1600k tells the page length in lines and places to a 180th of an inch when the printer can', () => {
    const bytes = hex(encodePage({ dpiX: 180, texts: TEXTS }, HEIGHT, { ...LQ, fineSteps: true }));
    // 1,489 steps: 115 lines of 13; 40.0 mm is 283 steps: 94 sixtieths and one step more.
    expect(bytes).toContain('1B6C001B330D1B43731C530000');
    expect(bytes).toContain('1B4AF80D1B245E001B5C0100');
  });

  test('the paper-out detector is never switched off, and every job begins with ESC @ and ends with CR FF', () => {
    for (const options of [ESCP2, LQ]) {
      const bytes = hex(encodePage({ dpiX: 180, texts: TEXTS, dots: box() }, HEIGHT, options));
      expect(bytes).toMatch(/^1B40/);
      expect(bytes).toMatch(/0D0C$/);
      expect(bytes).not.toContain('1B38');
    }
  });
});
