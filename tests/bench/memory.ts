import { setTimeout as delay } from 'node:timers/promises';
import { type Subject, withWindows } from './electronPair.ts';
import { type Figure, figure } from './figures.ts';
import { type ProcessMemory, readTree } from './processMemory.ts';
import { withUsualWindow } from './usualWindow.ts';

/** After this long without input the processes have settled. */
const IDLE_MS = 6000;
const ROUNDS = 3;
const MIB = 1024 * 1024;

/**
 * Memory of all processes of an idle window role with its devices, beside an empty window; then each of ours by itself.
 * Target: ≤ + 150 MB.
 */
export async function benchMemory(): Promise<Figure[]> {
  return withUsualWindow((usual) =>
    withWindows(async (open) => {
      const measure = async (subject: Subject): Promise<ProcessMemory[]> => {
        let tree: ProcessMemory[] = [];
        await open(subject, async ({ pid }) => {
          await delay(IDLE_MS);
          tree = readTree(pid);
        });
        return tree;
      };
      const rounds: { empty: ProcessMemory[]; ours: ProcessMemory[] }[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        rounds.push({ empty: await measure('empty'), ours: await measure(usual) });
      }
      // Another Electron on the machine shares pages with these for a while: the round in the middle counts.
      const byAdded = rounds.toSorted((a, b) => sum(a.ours) - sum(a.empty) - (sum(b.ours) - sum(b.empty)));
      const { empty, ours } = byAdded[Math.floor(ROUNDS / 2)] ?? { empty: [], ours: [] };
      return [
        figure('memory.idle', sum(ours), 'MiB', sum(empty)),
        figure('memory.added', sum(ours) - sum(empty), 'MiB'),
        ...byName(ours).map(([what, bytes]) =>
          figure(`memory.${what}`, bytes / MIB, 'MiB', (byName(empty).find(([name]) => name === what)?.[1] ?? 0) / MIB),
        ),
      ];
    }),
  );
}

function sum(tree: readonly ProcessMemory[]): number {
  return tree.reduce((total, { bytes }) => total + bytes, 0) / MIB;
}

function byName(tree: readonly ProcessMemory[]): [string, number][] {
  return Object.entries(Object.groupBy(tree, ({ what }) => what)).map(([what, group = []]) => [
    what,
    group.reduce((total, { bytes }) => total + bytes, 0),
  ]);
}
