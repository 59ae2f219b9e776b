import type { PaperBlock, PaperDocument } from './document.ts';
import { shapeFields, shapeTable } from './layout/grid.ts';
import { shapeBarcode, shapeHead, shapeQr } from './layout/head.ts';
import { paginate } from './layout/paginate.ts';
import type { LaidOutPaper, Measure, PlacedItem } from './layout/placed.ts';
import { BOTTOM, baselineOf, LEFT, lineHeight, NOTE, PAGE_HEIGHT, PAGE_WIDTH, WIDTH } from './layout/sheet.ts';
import type { ShapedBlock } from './layout/strips.ts';
import { shapeCut, shapeList, shapeSeal, shapeSignatures, shapeText } from './layout/text.ts';

/**
 * The one layout of a paper on A4: every block in order, over as many pages as it needs, nothing cut.
 * @throws PaperOverflow when a number that must stay whole fits in no step of type
 */
export function layOutPaper(document: PaperDocument, measure: Measure): LaidOutPaper {
  const shaped: ShapedBlock[] = [];
  let newPage = false;
  for (const [block, each] of document.blocks.entries()) {
    if (each.kind === 'page') {
      newPage = true;
      continue;
    }
    const shape = shapeBlock(each, measure);
    shaped.push({ block, newPage, ...shape, withNext: shape.withNext || isFollowedByNote(document.blocks, block) });
    newPage = false;
  }
  const { pages, extents } = paginate(shaped);
  return {
    pages: pages.map((items, index) => ({
      width: PAGE_WIDTH,
      height: PAGE_HEIGHT,
      items: [...items, ...footOf(document, index + 1, pages.length, measure)],
    })),
    extents,
  };
}

/** Small print at the end does not stand alone on a page. */
function isFollowedByNote(blocks: readonly PaperBlock[], index: number): boolean {
  const [block, next] = blocks.slice(index, index + 2);
  const isNote = (each: PaperBlock | undefined): boolean => each?.kind === 'text' && each.style === 'note';
  return isNote(next) && (block?.kind === 'signatures' || isNote(block));
}

function shapeBlock(block: Exclude<PaperBlock, { kind: 'page' }>, measure: Measure): Omit<ShapedBlock, 'block'> {
  switch (block.kind) {
    case 'head':
      return shapeHead(block, measure);
    case 'text':
      return shapeText(block, measure);
    case 'list':
      return shapeList(block, measure);
    case 'fields':
      return shapeFields(block, measure);
    case 'table':
      return shapeTable(block, measure);
    case 'signatures':
      return shapeSignatures(block, measure);
    case 'seal':
      return shapeSeal(block, measure);
    case 'qr':
      return shapeQr(block.data, block.caption, measure);
    case 'barcode':
      return shapeBarcode(block.data, block.caption, measure);
    case 'cut':
      return shapeCut(block.text, measure);
  }
}

/** A sheet that fell out of its file is put back by this line. */
function footOf({ title, number }: PaperDocument, page: number, pages: number, measure: Measure): PlacedItem[] {
  const y = baselineOf(PAGE_HEIGHT - BOTTOM + lineHeight(NOTE), NOTE);
  const text = (content: string, x: number): PlacedItem => ({
    kind: 'text',
    x,
    y,
    text: content,
    font: 'song',
    size: NOTE,
    spread: 0,
  });
  const count = `第 ${page} 页 共 ${pages} 页`;
  return [
    text(number === '' ? title : `${title}　${number}`, LEFT),
    text(count, LEFT + WIDTH - measure(count, 'song', NOTE)),
  ];
}
