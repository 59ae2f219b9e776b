import type { Extent, PlacedItem } from './placed.ts';
import { BODY_HEIGHT, LEFT, TOP } from './sheet.ts';
import { heightOf, moveItem, type ShapedBlock, type Strip } from './strips.ts';

/** A strip taller than this share of a page is cut between its lines; others move to the next page whole. */
const TALL = BODY_HEIGHT / 3;
/** Rounding of sums of lines. */
const HAIR = 0.01;

/** Stacks the strips of all blocks on pages, top down; items are moved to their place on the page. */
export function paginate(blocks: readonly ShapedBlock[]): { pages: PlacedItem[][]; extents: Extent[] } {
  const pages: PlacedItem[][] = [[]];
  const extents: Extent[] = [];
  let used = 0;

  const room = (): number => BODY_HEIGHT - used + HAIR;
  const turn = (): void => {
    pages.push([]);
    used = 0;
  };
  const place = (block: number, strip: Strip): void => {
    const page = pages.length - 1;
    const top = TOP + used;
    pages.at(-1)?.push(...strip.items.map((item) => moveItem(item, LEFT, top)));
    const last = extents.at(-1);
    if (last?.block === block && last.page === page) last.bottom = top + strip.height;
    else extents.push({ block, page, top, bottom: top + strip.height });
    used += strip.height;
  };

  let after = 0;
  for (const [index, shaped] of blocks.entries()) {
    const { block, header } = shaped;
    const gap = Math.max(shaped.gap, after);
    after = shaped.after ?? 0;
    if (used > 0 && (shaped.newPage || gap + leastHeight(blocks, index) > room())) turn();
    if (used > 0) used += gap;
    if (header) place(block, header);
    let begun = false;
    const queue = [...shaped.strips];
    for (let strip = queue.shift(); strip !== undefined; strip = queue.shift()) {
      const follower = strip.withNext ? firstPart(queue[0]) : 0;
      const parts = strip.height > room() && strip.height > TALL ? strip.split?.(room()) : null;
      if (parts) {
        place(block, parts[0]);
        queue.unshift(parts[1]);
        turn();
      } else if (strip.height + follower > room() && (begun || used > (header?.height ?? 0))) {
        queue.unshift(strip);
        turn();
      } else {
        // Also a strip taller than a page that is not to be cut: no block makes one.
        place(block, strip);
        begun = true;
        continue;
      }
      if (header) place(block, header);
      begun = false;
    }
  }
  return { pages, extents };
}

/** What must fit where a block begins, with all that must not be parted from it. */
function leastHeight(blocks: readonly ShapedBlock[], index: number): number {
  const shaped = blocks[index];
  if (!shaped) return 0;
  const whole = heightOf(shaped.strips) + (shaped.header?.height ?? 0);
  const next = blocks[index + 1];
  if (shaped.withNext && next) {
    const wanted = whole + Math.max(next.gap, shaped.after ?? 0) + leastHeight(blocks, index + 1);
    if (wanted <= BODY_HEIGHT) return wanted;
  }
  if (shaped.together && whole <= BODY_HEIGHT) return whole;
  const [first, second] = shaped.strips;
  return (shaped.header?.height ?? 0) + firstPart(first) + (first?.withNext ? firstPart(second) : 0);
}

/** A strip, or as much of a tall one as is worth beginning with. */
function firstPart(strip: Strip | undefined): number {
  if (!strip) return 0;
  return strip.split && strip.height > TALL ? TALL / 2 : strip.height;
}
