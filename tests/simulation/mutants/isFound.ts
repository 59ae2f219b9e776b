import { runSeeds } from '../run.ts';
import type { Mutant } from './mutant.ts';

/** A planted bug has to be found by one of so many seeds. */
const SEEDS = 50;

/**
 * Whether one of its 50 seeds finds a planted bug. The seed that found it last goes first, as one is enough; when the world
 * has changed and it finds nothing any more, all are asked, and what to write into the mutant is said.
 */
export async function isFound({ name, from = 1, seenAt = from }: Mutant): Promise<boolean> {
  if (seenAt < from || seenAt >= from + SEEDS) throw new Error(`${name}: ${seenAt} is none of its ${SEEDS} seeds`);
  if ((await runSeeds({ from: seenAt, count: 1, mutant: name })).failed.length > 0) return true;
  const [first] = (await runSeeds({ from, count: SEEDS, mutant: name })).failed;
  if (first) console.error(`${name}: seed ${seenAt} does not find it any more, ${first.seed} does: set \`seenAt\``);
  return first !== undefined;
}
