import { withWindows } from './electronPair.ts';
import { type Figure, figure, median } from './figures.ts';

const ROUNDS = 7;

/** Start to a window a clerk can type in, beside an empty window of the same runtime, in turns. Target: ≤ 1.3 ×. */
export async function benchStart(): Promise<Figure[]> {
  return withWindows(async (open) => {
    const empty: number[] = [];
    const paint: number[] = [];
    const usable: number[] = [];
    // The first of each warms the page cache and is not counted.
    for (let round = 0; round <= ROUNDS; round++) {
      const isCounted = round > 0;
      await open('empty', async ({ paintMs }) => {
        if (isCounted) empty.push(paintMs);
      });
      await open('ours', async ({ paintMs, usableMs }) => {
        if (!isCounted) return;
        paint.push(paintMs);
        usable.push(usableMs);
      });
    }
    return [
      figure('start.paint', median(paint), 'ms', median(empty)),
      figure('start.usable', median(usable), 'ms', median(empty)),
    ];
  });
}
