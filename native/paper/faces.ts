import { create, type Font, type FontCollection } from 'fontkit';
import decompress from 'woff2-encoder/decompress';
import type { PaperFont } from '../../domain/papers/layout/placed.ts';
import { HEI_INDEX, readFont, SONG_FILE } from './fontFiles.ts';

/** One font file, or one slice of one, opened when a character of it is first wanted. */
export interface Face {
  key: string;
  open(): Promise<Font>;
}

/** Titles are a little heavier than text: the slices of 黑体 are variable. */
const HEI_WEIGHT = 500;

const SONG: Face = { key: 'song', open: () => Promise.resolve(asFont(create(readFont(SONG_FILE)))) };

/** Blocks of HanaMin: 0x400 characters a file, in order. */
const RARE_BLOCKS = [
  { name: 'B', from: 0x20000, to: 0x2a6d6, digits: 2 },
  { name: 'C', from: 0x2a700, to: 0x2b734, digits: 1 },
  { name: 'D', from: 0x2b740, to: 0x2b81d, digits: 0 },
  { name: 'E', from: 0x2b820, to: 0x2cea1, digits: 1 },
  { name: 'F', from: 0x2ceb0, to: 0x2ebe0, digits: 1 },
] as const;
const RARE_SLICE = 0x400;

/** The faces that may have a character, the best first. */
export function facesFor(codePoint: number, font: PaperFont): Face[] {
  const hei = font === 'hei' ? heiFace(codePoint) : null;
  return [hei, SONG, rareFace(codePoint)].filter((face) => face !== null);
}

function rareFace(codePoint: number): Face | null {
  // Ballot boxes ☐ ☑ of forms; the serif has only the plain square.
  if (codePoint >= 0x2600 && codePoint <= 0x26ff) return woff2('HanaMinA.Miscellaneous-Symbols.woff2');
  const block = RARE_BLOCKS.find(({ from, to }) => codePoint >= from && codePoint <= to);
  if (!block) return null;
  const place = Math.floor((codePoint - block.from) / RARE_SLICE) + 1;
  const slice = block.digits === 0 ? '' : `-${String(place).padStart(block.digits, '0')}`;
  return woff2(`HanaMinB.CJK-Unified-Ideographs-Extension-${block.name}${slice}.woff2`);
}

let heiSlices: readonly { file: string; ranges: [number, number][] }[] | null = null;

function heiFace(codePoint: number): Face | null {
  heiSlices ??= readHeiIndex();
  const slice = heiSlices.find(({ ranges }) => ranges.some(([from, to]) => codePoint >= from && codePoint <= to));
  return slice ? woff2(slice.file, HEI_WEIGHT) : null;
}

/** `{"[118]": "U+d,U+4e09-4e0b,…", "latin": …}` */
function readHeiIndex(): { file: string; ranges: [number, number][] }[] {
  const index = JSON.parse(readFont(HEI_INDEX).toString('utf8')) as Record<string, string>;
  return Object.entries(index)
    .filter(([slice]) => /^(\[\d+\]|latin)$/.test(slice))
    .map(([slice, list]) => ({
      file: `noto-sans-sc-${slice.replace(/[[\]]/g, '')}-wght-normal.woff2`,
      ranges: list.split(',').map((range): [number, number] => {
        const [from = '', to = from] = range.trim().replace('U+', '').split('-');
        return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
      }),
    }));
}

function woff2(file: string, weight?: number): Face {
  return {
    key: file,
    open: async () => {
      // fontkit gives the lightest instance of a compressed variable font (fontkit pull request 377): unpack it first.
      const font = asFont(create(Buffer.from(await decompress(readFont(file)))));
      return weight === undefined ? font : font.getVariation({ wght: weight });
    },
  };
}

function asFont(opened: Font | FontCollection): Font {
  if ('fonts' in opened) throw new Error('a font file of several fonts');
  return opened;
}
