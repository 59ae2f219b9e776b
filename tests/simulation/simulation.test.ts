import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, describe as group, test } from 'vitest';
import { FAILED_SEEDS } from './failedSeeds.ts';
import { isFound } from './mutants/isFound.ts';
import { MUTANTS } from './mutants/mutants.ts';
import { describe, runSeeds } from './run.ts';
import type { Outcome } from './simulate.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** Seeds of one `npm test`; the night takes other ones (README.md). */
const SEEDS = 1000;
const LIMIT_MS = 20 * 60_000;

/** Every kind of thing that can go wrong, by its counter: one that never happens tests nothing. */
const EXPECTED = [
  ...['kill', 'kill before-commit', 'kill after-commit'],
  ...['power-cut', 'power-cut before-commit', 'power-cut after-commit'],
  ...['cut one way', 'cut both ways', 'half-open', 'storm', 'message at a broken line'],
  ...['message lost', 'message twice', 'message late', 'answer lost after the work was done', 'hint lost'],
  ...['op damaged on the way', 'clock jump', 'disk full', 'disk error', 'old disk put back', 'hub taken over'],
  ...['kill before-fsync', 'kill after-fsync', 'kill before-rename', 'kill after-rename'],
  ...['power-cut before-fsync', 'power-cut after-fsync', 'power-cut before-rename', 'power-cut after-rename'],
  ...['page scanned', 'page opened', 'image brought from the centre', 'image damaged on the way'],
  ...['image transfer cut', 'image transfer resumed', 'image download resumed', 'page scanned again'],
  ...['op in the journal', 'reserve taken'],
  ...['hall without a hub', 'emergency number'],
  ...['version 1 spoken', 'version 2 spoken', 'block of numbers used up'],
  ...['window cut off from its case', 'window goes on with its case alone', 'case moved while its window was away'],
  ...['others went on with a case meanwhile', 'another window refused', 'returned step settled: done-again'],
  ...['returned step settled: centre-stands', 'old data of the centre put back'],
  'centre put back under two hubs',
  ...['take-over over a silent line', 'take-over after a silent line'],
  ...['number called at both hubs', 'number called by two hubs', 'ticket of which two hubs decided'],
  ...['folder copied to a second machine', 'disk cloned', 'copy put away', 'copy enrolled anew'],
  ...[
    'old disk of the centre put back',
    'op of a newer program at an older centre',
    'op of a newer program at an older hub',
  ],
  ...['op of a newer program at an older terminal'],
  ...['an older centre updated', 'an older hub updated', 'an older terminal updated'],
  ...['turned away as too much', 'packed request', 'packed answer'],
  ...['push held by the centre', 'held push judged after a restart', 'waited for what the centre held'],
  'push of a backlog ahead of another',
  ...['push with another behind it', 'own op named and not sent back'],
  ...['row that only a hub still has', 'row that only a terminal still has'],
  ...['step taken anew at a centre that had lost it', 'row that the centre refused when it was sent again'],
  ...['shape: centre', 'shape: hub', 'shape: pair'],
  ...['saved', 'act at the centre', 'blank moved', 'ticket printed', 'ticket next', 'ticket finish'],
];

test('the same seed is the same run, in another process and after others too', { timeout: LIMIT_MS }, async () => {
  const [alone, after] = await Promise.all([
    runSeeds({ from: 7, count: 3, workers: 3 }),
    runSeeds({ from: 5, count: 5, workers: 1 }),
  ]);
  for (const [seed, digest] of alone.digests) expect([seed, after.digests.get(seed)]).toEqual([seed, digest]);
});

test(`${SEEDS} seeds: whatever goes wrong, nothing is lost, doubled or contradicted`, {
  timeout: LIMIT_MS,
}, async () => {
  const { failed, counters, seeds } = await runSeeds({ from: 1, count: SEEDS });
  expect(failed.map(inWords).join('\n\n')).toBe('');
  expect(seeds).toBe(SEEDS);
  expect(EXPECTED.filter((what) => !counters[what])).toEqual([]);
});

test('seeds that found something once hold, also those which are not among the ones above', {
  timeout: LIMIT_MS,
}, async () => {
  for (const [from] of FAILED_SEEDS.filter(([seed]) => seed > SEEDS)) {
    const { failed } = await runSeeds({ from, count: 1 });
    expect(failed.map(inWords).join('\n\n')).toBe('');
  }
});

function inWords(outcome: Outcome): string {
  const found = FAILED_SEEDS.filter(([seed]) => seed === outcome.seed).map(([, what]) => `found here once: ${what}`);
  return [describe(outcome), ...found].join('\n');
}

test('every planted bug still fits the source it is planted in', () => {
  const misfits = MUTANTS.flatMap(({ name, edits }) =>
    edits.flatMap(({ file, find }) => {
      const times = readFileSync(path.join(ROOT, file), 'utf8').split(find).length - 1;
      return times === 1 ? [] : [`${name}: ${times} times in ${file}: ${find}`];
    }),
  );
  expect(misfits).toEqual([]);
});

// Side by side: most of them are one process, which is busy for the time of one seed.
group.concurrent('a planted bug is found within 50 seeds', () => {
  test.each(MUTANTS.filter(({ centre }) => centre === undefined))(
    '$name: $says',
    { timeout: LIMIT_MS },
    async (mutant) => {
      expect(await isFound(mutant)).toBe(true);
    },
  );
});
