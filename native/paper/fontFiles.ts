import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Where the fonts of printed papers lie: beside the bundle in a package (tools/build/node-side.ts copies them), in their
 * npm packages in a checkout.
 */
const BESIDE_BUNDLE = path.join(import.meta.dirname, 'fonts');

/** All of Noto Serif SC: every character of GB 18030 but most of Ext B. */
export const SONG_FILE = 'NotoSerifSC_400Regular.ttf';
/** Which characters are in which slice of Noto Sans SC. */
export const HEI_INDEX = 'unicode.json';

interface FontPackage {
  name: string;
  folder: string;
  ships: RegExp;
  /** The licence, which goes wherever the fonts go. */
  licence?: string;
}

const PACKAGES: readonly FontPackage[] = [
  {
    name: '@expo-google-fonts/noto-serif-sc',
    folder: '400Regular',
    ships: /^NotoSerifSC_400Regular\.ttf$/,
    licence: 'LICENSE_FONT',
  },
  { name: '@fontsource-variable/noto-sans-sc', folder: '', ships: /^unicode\.json$/, licence: 'LICENSE' },
  { name: '@fontsource-variable/noto-sans-sc', folder: 'files', ships: /-sc-(\d+|latin)-wght-normal\.woff2$/ },
  {
    name: 'hanamin',
    folder: '',
    ships: /^HanaMin(B\..*Extension-[B-F]|A\.Miscellaneous-Symbols\.).*woff2$/,
    licence: 'LICENSE',
  },
];

/** @returns every file that a package of the program carries, with its name there: 34 MB */
export function shippedFonts(): { from: string; name: string }[] {
  return PACKAGES.flatMap((each) => {
    const fonts = readdirSync(folderOf(each))
      .filter((name) => each.ships.test(name))
      .map((name) => ({ from: path.join(folderOf(each), name), name }));
    if (each.licence === undefined) return fonts;
    const licence = path.join(folderOf({ ...each, folder: '' }), each.licence);
    return [...fonts, { from: licence, name: `LICENSE-${path.basename(each.name)}.txt` }];
  });
}

/** @throws Error when the file is in no package */
export function readFont(file: string): Buffer {
  const beside = path.join(BESIDE_BUNDLE, file);
  if (existsSync(beside)) return readFileSync(beside);
  const owner = PACKAGES.find((each) => each.ships.test(file));
  if (!owner) throw new Error(`no package has the font file ${file}`);
  return readFileSync(path.join(folderOf(owner), file));
}

function folderOf({ name, folder }: FontPackage): string {
  return path.join(path.dirname(fileURLToPath(import.meta.resolve(`${name}/package.json`))), folder);
}
