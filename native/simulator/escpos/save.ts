import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Slip } from './slip.ts';

/**
 * Keeps each slip in a folder as `.bin`, `.txt`, `.svg` and `.png`, numbered on from what is there; only the owner can
 * read them, because a slip names people. Returns a function that saves one slip.
 */
export async function openSlipFolder(folder: string): Promise<(slip: Slip) => Promise<void>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const names = await readdir(folder);
  let number = Math.max(0, ...names.map((name) => Number(/^slip-(\d+)\./.exec(name)?.[1] ?? 0)));
  return async (slip) => {
    number += 1;
    const base = join(folder, `slip-${String(number).padStart(4, '0')}`);
    // The drawing libraries are development packages; printing without a folder works without them.
    const { renderPng, renderSvg } = await import('./render.ts');
    const save = (extension: string, data: string | Uint8Array) =>
      writeFile(`${base}.${extension}`, data, { mode: 0o600 });
    await save('bin', slip.bytes);
    await save('txt', `${slip.lines.join('\n')}\n${slip.qr.map((data) => `[QR] ${data}\n`).join('')}`);
    await save('svg', renderSvg(slip.ops));
    await save('png', renderPng(slip.ops));
  };
}
