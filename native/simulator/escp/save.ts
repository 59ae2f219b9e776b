import { openNumberedFiles } from '../numberedFiles.ts';
import type { Page } from './sheet.ts';

/**
 * Keeps each sheet in a folder as `.bin`, `.txt` (what was printed where, in mm) and `.png`. Returns a function that saves one
 * sheet.
 */
export async function openPageFolder(folder: string): Promise<(page: Page) => Promise<void>> {
  const begin = await openNumberedFiles(folder, 'sheet');
  return async (page) => {
    const save = begin();
    await save('bin', page.bytes);
    await save('txt', `${listOps(page).join('\n')}\n`);
    await save('png', await pageToPng(page));
  };
}

/** One line a mark: millimetres from the left and the top edge. */
export function listOps(page: Page): string[] {
  const mm = (units: number): string => ((units * 25.4) / 3600).toFixed(2);
  return page.ops.map((op) => {
    if (op.kind === 'finding') return `! ${op.what}`;
    const place = `${mm(op.x)} ${mm(op.y)}`;
    return op.kind === 'text' ? `${place} text ${op.text}` : `${place} dots ${op.columns} at ${op.dpi}`;
  });
}

/** The sheet in 180 dots an inch, grey where only a part of a dot has ink. */
export async function pageToPng(page: Page): Promise<Buffer> {
  // The drawing library is a development package; printing without a folder works without it.
  const { PNG } = await import('pngjs');
  const width = Math.ceil(page.width / 2);
  const height = Math.ceil(page.height / 2);
  const image = new PNG({ width, height, colorType: 0 });
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const ink = inkAt(page, 2 * x, 2 * y);
      const at = (y * width + x) * 4;
      image.data.fill(255 - Math.round((255 * ink) / 4), at, at + 3);
      image.data[at + 3] = 255;
    }
  }
  return PNG.sync.write(image, { colorType: 0 });
}

/** Of four dots. */
function inkAt({ width, height, dots }: Page, x: number, y: number): number {
  let ink = 0;
  for (let row = y; row < Math.min(y + 2, height); row += 1) {
    for (let column = x; column < Math.min(x + 2, width); column += 1) ink += dots[row * width + column] ?? 0;
  }
  return ink;
}
