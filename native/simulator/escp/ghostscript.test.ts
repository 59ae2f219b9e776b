import { expect, test } from 'vitest';
import { ghostscript, inkBox, intersectionOverUnion, readPbm } from '../../../tests/fixtures/pixels.ts';
import { EscpMachine } from './machine.ts';

/**
 * Our reading of ESC/P against that of another program: ghostscript writes the same page once for an LQ-850 and once as
 * its own bitmap (devices.md §3.8).
 */

const A4 = { width: 2100, height: 2970 };
const POINTS = [595, 842];
const PAGES = `%!PS
<< /PageSize [${POINTS.join(' ')}] >> setpagedevice
/Helvetica findfont 24 scalefont setfont 72 720 moveto (Certificate 0123) show
/Times-Roman findfont 10 scalefont setfont 100 600 moveto (small text of ten points over a slanting rule) show
2 setlinewidth 100 300 moveto 400 560 lineto stroke
0.5 setlinewidth 50 50 495 742 rectstroke
300 200 60 0 360 arc fill
showpage
72 400 moveto (second page) show
showpage
`;

async function printed(resolution: string) {
  const machine = new EscpMachine({ dialect: 'lq1600k', paper: A4 });
  const [stream = Buffer.alloc(0)] = await ghostscript(PAGES, 'lq850', resolution);
  // In pieces, because no line keeps commands together.
  for (let at = 0; at < stream.length; at += 97) machine.receive(stream.subarray(at, at + 97));
  return machine.pages;
}

test('at 180 dots an inch every dot of both pages is where ghostscript has it', async () => {
  const pages = await printed('180x180');
  const bitmaps = (await ghostscript(PAGES, 'pbmraw', '180x180')).map(readPbm);
  expect(pages).toHaveLength(2);
  expect(bitmaps).toHaveLength(2);
  for (const [index, page] of pages.entries()) {
    const bitmap = bitmaps[index];
    if (!bitmap) throw new Error('no bitmap');
    const box = inkBox(bitmap);
    expect(inkBox(page)).toEqual({
      left: 2 * (box?.left ?? 0),
      top: 2 * (box?.top ?? 0),
      right: 2 * (box?.right ?? 0),
      bottom: 2 * (box?.bottom ?? 0),
    });
    expect(intersectionOverUnion(page, bitmap, { x: 2, y: 2 })).toBe(1);
    expect(page.ops.filter((op) => op.kind === 'finding')).toEqual([]);
  }
}, 60_000);

test('at 360 across, where ghostscript leaves out every dot beside another, nearly all', async () => {
  const [page] = await printed('360x180');
  const [bitmap] = (await ghostscript(PAGES, 'pbmraw', '360x180')).map(readPbm);
  if (!page || !bitmap) throw new Error('no page');
  const box = inkBox(bitmap);
  expect(inkBox(page)).toEqual({ ...box, top: 2 * (box?.top ?? 0), bottom: 2 * (box?.bottom ?? 0) });
  expect(intersectionOverUnion(page, bitmap, { x: 1, y: 2 })).toBeGreaterThan(0.95);
}, 60_000);
