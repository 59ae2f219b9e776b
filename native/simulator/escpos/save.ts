import { openNumberedFiles } from '../numberedFiles.ts';
import type { Slip } from './slip.ts';

/** Keeps each slip in a folder as `.bin`, `.txt`, `.svg` and `.png`. Returns a function that saves one slip. */
export async function openSlipFolder(folder: string): Promise<(slip: Slip) => Promise<void>> {
  const begin = await openNumberedFiles(folder, 'slip');
  return async (slip) => {
    const save = begin();
    // The drawing libraries are development packages; printing without a folder works without them.
    const { renderPng, renderSvg } = await import('./render.ts');
    await save('bin', slip.bytes);
    await save('txt', `${slip.lines.join('\n')}\n${slip.qr.map((data) => `[QR] ${data}\n`).join('')}`);
    await save('svg', renderSvg(slip.ops));
    await save('png', renderPng(slip.ops));
  };
}
