import { setTimeout as delay } from 'node:timers/promises';
import { treeMemory, withWindows } from './electronPair.ts';
import { type Figure, figure } from './figures.ts';

/** After this long without input the processes have settled. */
const IDLE_MS = 8000;
const MIB = 1024 * 1024;

/** Memory of all processes of an idle window role, beside an empty window. Target: ≤ + 150 MB. */
export async function benchMemory(): Promise<Figure[]> {
  return withWindows(async (open) => {
    const measured = { empty: 0, ours: 0 };
    for (const what of ['empty', 'ours'] as const) {
      await open(what, async ({ app }) => {
        await delay(IDLE_MS);
        measured[what] = treeMemory(app.process().pid ?? 0) / MIB;
      });
    }
    return [
      figure('memory.idle', measured.ours, 'MiB', measured.empty),
      figure('memory.added', measured.ours - measured.empty, 'MiB'),
    ];
  });
}
