import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Open, withWindows } from './electronPair.ts';
import { type Figure, figure, median } from './figures.ts';
import { withUsualWindow } from './usualWindow.ts';

const ROUNDS = 9;

/**
 * Start to a window a clerk can type in, beside an empty window of the same runtime, in turns; the page cache is warm.
 * `start.usable` is the usual start (target: ≤ 1.3 ×): the login field takes keys. `start.first` is the very first one,
 * which also makes key and database; there is no staff yet, so it ends with the page that says so.
 */
export async function benchStart(): Promise<Figure[]> {
  return withUsualWindow((usual) =>
    withWindows(async (open) => {
      const empty: number[] = [];
      const paint: number[] = [];
      const usable: number[] = [];
      const first: number[] = [];
      // The first round warms the page cache and is not counted.
      for (let round = 0; round <= ROUNDS; round++) {
        const isCounted = round > 0;
        await open('empty', ({ paintMs }) => {
          if (isCounted) empty.push(paintMs);
        });
        await open(usual, ({ paintMs, usableMs }) => {
          if (!isCounted) return;
          paint.push(paintMs);
          usable.push(usableMs);
        });
        const usableMs = await openFresh(open);
        if (isCounted) first.push(usableMs);
      }
      return [
        figure('start.paint', median(paint), 'ms', median(empty)),
        figure('start.usable', median(usable), 'ms', median(empty)),
        figure('start.first', median(first), 'ms', median(empty)),
      ];
    }),
  );
}

async function openFresh(open: Open): Promise<number> {
  const data = mkdtempSync(path.join(os.tmpdir(), 'yichuang-bench-'));
  let ms = Number.NaN;
  try {
    await open([`--data=${data}`], ({ usableMs }) => {
      ms = usableMs;
    });
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
  return ms;
}
