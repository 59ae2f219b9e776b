import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dark, light, type Palette } from './tokens.ts';

const ROOT = join(import.meta.dirname, '..');

/** WCAG 2.2 relative luminance and contrast ratio. */
function contrast(a: string, b: string): number {
  const [lighter, darker] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((lighter ?? 0) + 0.05) / ((darker ?? 0) + 0.05);
}

function luminance(hex: string): number {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

const TEXT_PAIRS: [keyof Palette, keyof Palette][] = [
  ['ink', 'paper'],
  ['ink', 'ground'],
  ['muted', 'paper'],
  ['muted', 'ground'],
  ['muted', 'hover'],
  ['muted', 'brandSoft'],
  ['onBrand', 'brand'],
  ['onBrand', 'brandHover'],
  ['brand', 'paper'],
  ['brand', 'ground'],
  ['brand', 'brandSoft'],
  ['calm', 'paper'],
  ['calm', 'ground'],
  ['calm', 'calmSoft'],
  ['near', 'paper'],
  ['near', 'ground'],
  ['near', 'nearSoft'],
  ['over', 'paper'],
  ['over', 'ground'],
  ['over', 'overSoft'],
  ['pickup', 'paper'],
  ['pickup', 'pickupSoft'],
  ['barPickup', 'bar'],
  ['offlineInk', 'offline'],
  ['offlineInk', 'offlineStripe'],
  ['onBar', 'bar'],
  ['onBarMuted', 'bar'],
  ['onBar', 'barLine'],
  ['barNear', 'barLine'],
  ['barCalm', 'bar'],
  ['barOver', 'bar'],
  ['onBar', 'screenPanel'],
  ['onBarMuted', 'screenPanel'],
  ['barNear', 'screenPanel'],
  ['onBar', 'screenPickup'],
  ['onBarMuted', 'screenPickup'],
  ['onBar', 'screenFresh'],
  ['barNear', 'screenFresh'],
  ['bar', 'barNear'],
];

describe.each([
  ['light', light],
  ['dark', dark],
])('the %s palette', (_name, palette) => {
  test.each(TEXT_PAIRS)('%s on %s has a contrast of at least 4.5', (text, ground) => {
    expect(contrast(palette[text], palette[ground])).toBeGreaterThanOrEqual(4.5);
  });

  test('borders of controls and the focus ring reach 3:1 (WCAG 1.4.11)', () => {
    expect(contrast(palette.lineStrong, palette.paper)).toBeGreaterThanOrEqual(3);
    expect(contrast(palette.brand, palette.paper)).toBeGreaterThanOrEqual(3);
  });
});

test('colours and pixel sizes are written in tokens.ts and nowhere else', () => {
  const found: string[] = [];
  for (const file of readdirSync(ROOT, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(css|tsx)$/.test(file)) continue;
    const lines = readFileSync(join(ROOT, file), 'utf8').split('\n');
    lines.forEach((line, index) => {
      if (/#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(|\b\d+px\b/i.test(line))
        found.push(`${file}:${index + 1} ${line.trim()}`);
    });
  }
  expect(found).toEqual([]);
});
