import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cssVariables } from './cssVariables.ts';
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

describe('a desk on a large display', () => {
  const citizen = cssVariables(light, { isDesk: false });
  const desk = cssVariables(light, { isDesk: true });

  /** In pixels on a display of these measures, as an engine computes it: from the innermost function outwards. */
  function pixels(length: string, width: number, height: number): number {
    const units = {
      px: 1,
      vw: width / 100,
      vh: height / 100,
      vmin: Math.min(width, height) / 100,
      vmax: Math.max(width, height) / 100,
    };
    let text = length.replace(/([\d.]+)(px|vw|vh|vmin|vmax)\b/g, (_, count, unit: keyof typeof units) =>
      String(Number(count) * units[unit]),
    );
    while (text.includes('(')) {
      text = text.replace(/(max|clamp)\(([^()]*)\)/, (_, name, list: string) => {
        const [first = 0, second = 0, third = 0] = list.split(',').map(Number);
        return String(Math.max(first, name === 'max' ? second : Math.min(second, third)));
      });
    }
    return Number(text);
  }
  const measured = [...desk.keys()].filter((name) => /^--(size|space|type|line)-/.test(name));

  test.each([
    [1366, 768],
    [1920, 1080],
    [1920, 1200],
  ])('has the same measures as ever at %d × %d', (width, height) => {
    for (const name of measured) {
      const before = pixels(citizen.get(name) ?? '', width, height);
      expect(pixels(desk.get(name) ?? '', width, height), name).toBeCloseTo(before, 1);
    }
  });

  test('at 4K is read as one of 1200 lines is', () => {
    const at = (name: string) => pixels(desk.get(name) ?? '', 3840, 2160);
    expect(at('--type-body')).toBeCloseTo(14 * 1.8, 1);
    expect(at('--line-body')).toBeCloseTo(22 * 1.8, 1);
    expect(at('--space-4')).toBeCloseTo(16 * 1.8, 1);
    expect(at('--size-top-bar')).toBeCloseTo(48 * 1.8, 1);
    expect(at('--size-rail')).toBeCloseTo(320 * 1.8, 1);
  });
});
