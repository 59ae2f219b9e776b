import type { Font, PathCommand } from 'fontkit';
import type { Measure, PaperFont } from '../../domain/papers/layout/placed.ts';
import { facesFor } from './faces.ts';

/** Outline of one character, in thousandths of the em, y down, from the baseline. */
export interface Glyph {
  /** Same key, same outline. */
  key: string;
  /** Empty for a blank. */
  commands: readonly PathCommand[];
  advance: number;
}

const EM = 1000;
/** 0.1 mm per point and em. */
const POINT = 254 / 72;

/** Presentation selectors change nothing on paper; selectors of a variant do, and no font here has the variants. */
const BLANK: Glyph = { key: 'blank', commands: [], advance: 0 };
const isPresentationSelector = (codePoint: number): boolean => codePoint === 0xfe0e || codePoint === 0xfe0f;

/** Characters that no font has: `𠮷` → `U+20BB7`. Known before paper moves. */
export class MissingGlyphs extends Error {
  override name = 'MissingGlyphs';
  readonly characters: string[];

  constructor(characters: string[]) {
    super(`no outline for ${characters.map(codePointName).join(' ')}`);
    this.characters = characters;
  }
}

/** @returns `U+20BB7` */
export function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/**
 * Outlines of characters, each made once. `load` what will be drawn, then `glyph` and `measure` answer at once.
 */
export class GlyphStore {
  readonly #glyphs = new Map<string, Glyph>();
  readonly #fonts = new Map<string, Promise<Font>>();

  /**
   * @param texts everything that will be drawn in this font
   * @throws MissingGlyphs naming every character that no font has
   */
  async load(texts: Iterable<string>, font: PaperFont): Promise<void> {
    const missing: string[] = [];
    for (const character of new Set([...texts].flatMap((text) => [...text]))) {
      const key = font + character;
      if (this.#glyphs.has(key)) continue;
      const glyph = await this.#find(character, font);
      if (glyph) this.#glyphs.set(key, glyph);
      else missing.push(character);
    }
    if (missing.length > 0) throw new MissingGlyphs(missing);
  }

  /** @throws MissingGlyphs for a character that was not loaded */
  glyph(character: string, font: PaperFont): Glyph {
    const glyph = this.#glyphs.get(font + character);
    if (!glyph) throw new MissingGlyphs([character]);
    return glyph;
  }

  readonly measure: Measure = (text, font, size) => {
    let advance = 0;
    for (const character of text) advance += this.glyph(character, font).advance;
    return (advance / EM) * size * POINT;
  };

  async #find(character: string, font: PaperFont): Promise<Glyph | null> {
    const codePoint = character.codePointAt(0) ?? 0;
    if (isPresentationSelector(codePoint)) return BLANK;
    for (const face of facesFor(codePoint, font)) {
      let opened = this.#fonts.get(face.key);
      if (!opened) {
        opened = face.open();
        this.#fonts.set(face.key, opened);
      }
      const glyph = outline(await opened, codePoint, face.key);
      if (glyph) return glyph;
    }
    return null;
  }
}

function outline(font: Font, codePoint: number, face: string): Glyph | null {
  if (!font.hasGlyphForCodePoint(codePoint)) return null;
  const glyph = font.glyphForCodePoint(codePoint);
  if (glyph.id === 0) return null;
  const scale = EM / font.unitsPerEm;
  const commands = glyph.path.commands.map(({ command, args }) => ({
    command,
    args: args.map((value, index) => Math.round(value * (index % 2 === 0 ? scale : -scale))),
  }));
  return { key: `${face}/${glyph.id}`, commands, advance: glyph.advanceWidth * scale };
}
