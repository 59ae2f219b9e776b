import { MUTANTS } from '../../tests/simulation/mutants/mutants.ts';
import { describe, runSeeds } from '../../tests/simulation/run.ts';
import { startServer } from '../../tests/simulation/server.ts';
import { printLine } from './output.ts';

export interface SimOptions {
  seeds: number;
  from: number;
  centre: 'sqlite' | 'postgres';
  mutant?: string;
  listMutants?: boolean;
}

/**
 * `yichuang sim`: runs of a simulated hall. What happened in a run that failed goes to stderr in words; one run alone is
 * told in any case. The last line is a JSON summary; exit code 1 when a run failed, with a mutant when none did.
 */
export async function sim({ seeds, from, centre, mutant, listMutants }: SimOptions): Promise<void> {
  if (listMutants) {
    for (const { name, says } of MUTANTS) printLine({ name, says });
    return;
  }
  const server = centre === 'postgres' ? startServer() : undefined;
  // A server that was started does not end with this process.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      server?.dispose();
      process.exit(1);
    });
  const startedAt = performance.now();
  let done = 0;
  const summary = await runSeeds({
    ...{ from, mutant, server, count: seeds },
    onOutcome(outcome) {
      done += 1;
      if (outcome.failure !== null || seeds === 1) process.stderr.write(`${describe(outcome, { mutant, server })}\n\n`);
      else if (done % 100 === 0) process.stderr.write(`${done} of ${seeds}\n`);
    },
  }).finally(() => server?.dispose());
  const failed = summary.failed.map(({ seed, failure }) => ({ seed, failure }));
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  printLine({ seeds: summary.seeds, seconds, failed, counters: summary.counters });
  if (failed.length > 0 !== (mutant !== undefined)) process.exitCode = 1;
}
