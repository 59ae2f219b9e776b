import { describe, expect, test } from 'vitest';
import { GlyphStore, MissingGlyphs } from './glyphs.ts';

const store = new GlyphStore();
const load = (text: string, font: 'song' | 'hei' = 'song'): Promise<void> => store.load([text], font);

describe('outlines', () => {
  test('every character of the basic plane of GB 18030 has one', async () => {
    const characters: string[] = [];
    for (let code = 0x4e00; code <= 0x9fff; code += 97) characters.push(String.fromCodePoint(code));
    for (let code = 0x3400; code <= 0x4dbf; code += 97) characters.push(String.fromCodePoint(code));
    await load(characters.join(''));
    for (const character of characters) expect(store.glyph(character, 'song').key).toMatch(/^song\//);
  });

  test('rare characters come from the fallback, Ext B to F, first and last of a slice', async () => {
    const rare = [0x20000, 0x203ff, 0x20400, 0x20bb7, 0x2a6d6, 0x2a700, 0x2b734, 0x2b740, 0x2b81d, 0x2b820, 0x2cea1];
    const text = [...rare, 0x2ceb0, 0x2ebe0].map((code) => String.fromCodePoint(code)).join('');
    await load(text);
    for (const character of text) {
      const glyph = store.glyph(character, 'song');
      expect(glyph.key).toMatch(/^(song|HanaMinB)/);
      expect(glyph.commands.length).toBeGreaterThan(4);
      expect(glyph.advance).toBeCloseTo(1000, 0);
    }
    expect(store.glyph('𠮷', 'song').key).toMatch(/^HanaMinB.*Extension-B-03/);
  });

  test('a title is set in Hei and heavier than the thinnest instance of its variable font', async () => {
    await load('一', 'hei');
    const { key, commands } = store.glyph('一', 'hei');
    expect(key).toMatch(/^noto-sans-sc-/);
    const heights = commands.flatMap(({ args }) => args.filter((_, index) => index % 2 === 1));
    // The stroke of 一: 46 units at weight 100, about 85 at 500.
    expect(Math.max(...heights) - Math.min(...heights)).toBeGreaterThan(70);
  });

  test('y points down, and the outline stays near its em box', async () => {
    await load('龙');
    const ys = store.glyph('龙', 'song').commands.flatMap(({ args }) => args.filter((_, index) => index % 2 === 1));
    expect(Math.min(...ys)).toBeLessThan(-700);
    expect(Math.max(...ys)).toBeLessThan(200);
  });

  test('advances add up to the measure, in 0.1 mm', async () => {
    await load('不动产登记');
    expect(store.measure('不动产登记', 'song', 12)).toBeCloseTo(5 * 12 * (254 / 72), 5);
  });

  test('a character without outline is named, every one at once', async () => {
    const error = await load('张\u{323af}三\u{e0100}').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(MissingGlyphs);
    expect(error).toMatchObject({ characters: ['\u{323af}', '\u{e0100}'] });
  });

  test('a selector of presentation takes no room; a variant that no font has is refused', async () => {
    await load('龙\ufe0f');
    expect(store.measure('龙\ufe0f', 'song', 12)).toBe(store.measure('龙', 'song', 12));
    await expect(load('葛\u{e0101}')).rejects.toThrow(MissingGlyphs);
  });

  test('what was not loaded is not drawn as something else', () => {
    expect(() => store.measure('鱻', 'hei', 12)).toThrow(MissingGlyphs);
  });
});
