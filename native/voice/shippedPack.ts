import { existsSync } from 'node:fs';
import path from 'node:path';

/** Where the pack of the program lies: beside the bundle in a package (tools/build/node-side.ts), here in a checkout. */
const BESIDE_BUNDLE = path.join(import.meta.dirname, 'voice');
export const SHIPPED_PACK = path.join(import.meta.dirname, 'packs', 'zh-CN');

export function shippedPackFolder(): string {
  return existsSync(path.join(BESIDE_BUNDLE, 'manifest.json')) ? BESIDE_BUNDLE : SHIPPED_PACK;
}
