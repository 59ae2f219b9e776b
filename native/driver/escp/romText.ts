import iconv from 'iconv-lite';

/** The printer's own type: 24 × 24 dots a character, two-byte codes of GB 2312 (devices.md §3.3). */

/** 24/180 inch in 0.1 mm and in points: the size of its one type. */
export const ROM_CELL = (24 * 254) / 180;
export const ROM_POINTS = (24 * 72) / 180;
/** The characters a user may define begin here; a row has 94. */
const FIRST_ROW = 0xf8;
const FIRST_CELL = 0xa1;
const ROW = 94;
const ROWS = 7;

/** @returns 0.1 mm a text takes in the printer's type, whatever its nominal size */
export function measureRom(text: string): number {
  let width = 0;
  for (const character of text) width += isHalfWidth(character) ? ROM_CELL / 2 : ROM_CELL;
  return width;
}

export function isHalfWidth(character: string): boolean {
  return character >= ' ' && character <= '~';
}

/** @returns the code of a character that every printer of this kind has, or null: it has to be drawn */
export function romCode(character: string): readonly [number, number] | null {
  const bytes = iconv.encode(character, 'gbk');
  const [lead = 0, trail = 0] = bytes;
  if (bytes.length !== 2 || lead < 0xa1 || trail < 0xa1 || lead > 0xf7) return null;
  // The library puts a silent question mark for what it cannot encode.
  if (iconv.decode(bytes, 'gbk') !== character) return null;
  return isAssigned(lead, trail) ? [lead, trail] : null;
}

/** GB 2312 left gaps that GBK filled later: a printer may have nothing there. */
function isAssigned(lead: number, trail: number): boolean {
  if (lead >= 0xb0) return lead !== 0xd7 || trail <= 0xf9;
  if (lead === 0xa1 || lead === 0xa3) return true;
  if (lead === 0xa2) {
    return (trail >= 0xb1 && trail <= 0xe2) || (trail >= 0xe5 && trail <= 0xee) || (trail >= 0xf1 && trail <= 0xfc);
  }
  if (lead === 0xa4) return trail <= 0xf3;
  if (lead === 0xa5) return trail <= 0xf6;
  return false;
}

/** Characters of a job that the printer does not have, each with the code it is defined at. */
export class DefinedCharacters {
  readonly #codes = new Map<string, readonly [number, number]>();

  /** @throws RangeError when there are more than the printer may hold */
  constructor(texts: Iterable<string>) {
    for (const text of texts) {
      for (const character of text) {
        if (isHalfWidth(character) || romCode(character) !== null || this.#codes.has(character)) continue;
        const place = this.#codes.size;
        if (place >= ROW * ROWS) throw new RangeError('too many characters to define');
        this.#codes.set(character, [FIRST_ROW + Math.floor(place / ROW), FIRST_CELL + (place % ROW)]);
      }
    }
  }

  get all(): ReadonlyMap<string, readonly [number, number]> {
    return this.#codes;
  }

  /** @returns what stands between FS & and FS . */
  encode(text: string): Uint8Array {
    const bytes: number[] = [];
    for (const character of text) {
      if (isHalfWidth(character)) bytes.push(character.charCodeAt(0));
      else bytes.push(...(romCode(character) ?? this.#codes.get(character) ?? []));
    }
    return Uint8Array.from(bytes);
  }
}
