import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Where the processes that this command forks lie: TypeScript in a checkout, bundles in a package. The command itself
 * is one of them, so its own file name tells.
 */
export const IS_CHECKOUT = import.meta.filename.endsWith('.ts');
const here = import.meta.dirname;

/** Top of the checkout; in a package, the folder of the bundles. */
export const ROOT = IS_CHECKOUT ? path.resolve(here, '../..') : here;

/** The `yichuang` command itself, to be started again as another process. */
export const COMMAND = IS_CHECKOUT ? path.join(ROOT, 'tools/yichuang.ts') : import.meta.filename;

/** The built pages; in a package they lie beside the bundles, as a plain Node cannot read app.asar. */
export const PAGES_DIR = path.join(ROOT, IS_CHECKOUT ? 'out/renderer' : '../pages');

export const DEVICES_ENTRY = IS_CHECKOUT ? path.join(ROOT, 'native/main.ts') : path.join(here, 'devices.mjs');

export function readVersion(): string {
  const file = path.join(ROOT, 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version : 'packaged';
}
