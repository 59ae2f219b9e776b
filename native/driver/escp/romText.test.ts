import { expect, test } from 'vitest';
import type { Bitmap } from '../../paper/raster.ts';
import { EscpMachine } from '../../simulator/escp/machine.ts';
import { encodePage } from './passes.ts';
import { DefinedCharacters, measureRom, ROM_CELL, romCode } from './romText.ts';

const OPTIONS = { dialect: 'escp2', quality: 'letter', highSpeed: 'unset', fineSteps: true } as const;
const square: Bitmap = { width: 24, height: 24, dots: new Uint8Array(576).fill(1) };

test('what every printer has is sent as its code, by the decoder of the runtime', () => {
  for (const character of '测试甲不动产登记、（）：，０Ａ　') {
    const code = romCode(character);
    expect(new TextDecoder('gb2312').decode(Uint8Array.from(code ?? []))).toBe(character);
  }
});

test('what GB 2312 does not have is drawn: ㎡, 镕, 喆, Ext B, and codes in its gaps', () => {
  for (const character of '㎡镕喆𠮷龥') expect(romCode(character)).toBeNull();
});

test('a rare character is defined once and used at its code', () => {
  const defined = new DefinedCharacters(['镕基镕', '喆']);
  expect([...defined.all]).toEqual([
    ['镕', [0xf8, 0xa1]],
    ['喆', [0xf8, 0xa2]],
  ]);
  expect([...defined.encode('镕1喆')]).toEqual([0xf8, 0xa1, 0x31, 0xf8, 0xa2]);
});

test('Chinese is a cell, everything else half of one', () => {
  expect(measureRom('测试12')).toBeCloseTo(3 * ROM_CELL, 9);
});

test('text lands where it was told, and a defined character in its own dots', () => {
  const texts = [
    { x: 400, y: 350, text: '权利人1' },
    { x: 600, y: 700, text: '镕' },
  ];
  const machine = new EscpMachine({ dialect: 'escp2', paper: { width: 1850, height: 2600 } });
  machine.receive(encodePage({ dpiX: 180, texts, draw: () => square }, 2600, OPTIONS));
  const [page] = machine.pages;
  expect(page?.ops.map((op) => op.kind)).toEqual(['text', 'text']);
  const [first, second] = page?.ops ?? [];
  if (first?.kind !== 'text' || second?.kind !== 'text' || !page) throw new Error('no text');
  expect(first.text).toBe('权利人1');
  for (const [op, x, y] of [
    [first, 400, 350],
    [second, 600, 700],
  ] as const) {
    expect(Math.abs((op.x * 254) / 3600 - x)).toBeLessThan(0.4);
    expect(Math.abs((op.y * 254) / 3600 - y)).toBeLessThan(0.4);
  }
  const dot = (x: number, y: number) =>
    page.dots[Math.round((y * 360) / 254) * page.width + Math.round((x * 360) / 254)];
  expect([dot(600 + ROM_CELL / 2, 700 + ROM_CELL / 2), dot(600 - 3, 700 + ROM_CELL / 2)]).toEqual([1, 0]);
});

test('user text cannot become a command', () => {
  const bytes = new DefinedCharacters(['\u001b@\u000c\u001c.']).encode('\u001b@\u000c\u001c.');
  for (const byte of bytes) expect(byte === 0x40 || byte === 0x2e || byte >= 0xa1).toBe(true);
});
