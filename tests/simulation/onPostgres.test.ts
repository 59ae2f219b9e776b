import { afterAll, beforeAll, expect, describe as group, test } from 'vitest';
import type { PostgresServer } from '../fixtures/postgresServer.ts';
import { isFound } from './mutants/isFound.ts';
import { MUTANTS } from './mutants/mutants.ts';
import { describe, runSeeds } from './run.ts';
import { startServer } from './server.ts';

/** The simulated hall, with the ops of its centre on a real PostgreSQL server. The night takes more seeds (README.md). */
const SEEDS = 40;
const LIMIT_MS = 20 * 60_000;

/** What concerns the centre's store, by its counter: one that never happens tests nothing. */
const EXPECTED = [
  ...['database line broken question', 'database line broken before-commit', 'database line broken after-commit'],
  ...['database out of reach', 'disk full', 'disk error', 'command beside the centre'],
  ...['kill before-commit', 'kill after-commit', 'power-cut before-commit', 'power-cut after-commit'],
  ...['old data of the centre put back', 'old disk of the centre put back', 'an older centre updated'],
  ...['op of a newer program at an older centre', 'answer lost after the work was done', 'act at the centre'],
  ...['shape: centre', 'shape: hub', 'shape: pair'],
];

/** Seeds that found something once, each with what it found. */
const FAILED: readonly (readonly [seed: number, found: string])[] = [
  [
    2010,
    'a command beside a centre whose disk was put back wrote under numbers that everybody knew for something else',
  ],
];

/** Planted bugs of the ledger that this world has to find as well, each with a seed that does (`seenAt`). */
const OF_THE_LEDGER: Readonly<Record<string, number>> = {
  'no-dedupe': 1,
  'gap-accepted': 2,
  'receipt-before-commit': 12,
  'lease-regranted': 1,
  'parked-for-ever': 1,
};

let server: PostgresServer;

beforeAll(() => {
  server = startServer();
}, LIMIT_MS);

afterAll(() => server?.dispose());

test('the same seed is the same run, in another process and after others too', { timeout: LIMIT_MS }, async () => {
  const [alone, after] = await Promise.all([
    runSeeds({ server, from: 7, count: 2, workers: 2 }),
    runSeeds({ server, from: 5, count: 4, workers: 1 }),
  ]);
  expect(alone.digests.size).toBe(2);
  for (const [seed, digest] of alone.digests) expect([seed, after.digests.get(seed)]).toEqual([seed, digest]);
});

test(`${SEEDS} seeds: whatever goes wrong, nothing is lost, doubled or contradicted`, {
  timeout: LIMIT_MS,
}, async () => {
  const { failed, counters, seeds } = await runSeeds({ server, from: 1, count: SEEDS });
  expect(failed.map((outcome) => describe(outcome, { server })).join('\n\n')).toBe('');
  expect(seeds).toBe(SEEDS);
  expect(EXPECTED.filter((what) => !counters[what])).toEqual([]);
});

test.each(FAILED)('seed %i holds: it found %s', { timeout: LIMIT_MS }, async (from) => {
  const { failed } = await runSeeds({ server, from, count: 1 });
  expect(failed.map((outcome) => describe(outcome, { server })).join('\n\n')).toBe('');
});

// Side by side: most of them are one process, which is busy for the time of one seed.
group.concurrent('a planted bug is found within 50 seeds', () => {
  const ofTheLedger = MUTANTS.filter(({ name }) => Object.hasOwn(OF_THE_LEDGER, name));
  const asked = [
    ...MUTANTS.filter(({ centre }) => centre === 'postgres'),
    ...ofTheLedger.map((mutant) => ({ ...mutant, from: 1, seenAt: OF_THE_LEDGER[mutant.name] ?? 1 })),
  ];
  test.each(asked)('$name: $says', { timeout: LIMIT_MS }, async (mutant) => {
    expect(await isFound(mutant, server)).toBe(true);
  });
});
