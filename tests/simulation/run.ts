import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { PostgresServer } from '../fixtures/postgresServer.ts';
import type { Outcome } from './simulate.ts';

export interface RunOptions {
  from: number;
  count: number;
  mutant?: string | undefined;
  /** Processes; default: one for each core. */
  workers?: number | undefined;
  /** A PostgreSQL server that has the ops of the centre; default: SQLite. */
  server?: PostgresServer | undefined;
  onOutcome?: ((outcome: Outcome) => void) | undefined;
}

export interface Summary {
  seeds: number;
  failed: readonly Outcome[];
  /** How often each thing happened, over all runs. */
  counters: Readonly<Record<string, number>>;
  /** Of all runs in the order of their seeds. */
  digests: ReadonlyMap<number, string>;
}

/** Of one process: what machines of past runs leave in memory grows, some 10 MiB a run. */
const MAX_SEEDS = 100;

const WORKER = path.join(import.meta.dirname, 'worker.ts');

/**
 * Runs seeds over as many processes as there are cores. With a mutant a process ends at its first failure.
 * @throws Error when a process ends before its seeds are done
 */
export async function runSeeds({ from, count, mutant, workers, server, onOutcome }: RunOptions): Promise<Summary> {
  const step = Math.max(1, Math.min(count, workers ?? availableParallelism()));
  const outcomes: Outcome[] = [];
  const share = async (index: number): Promise<void> => {
    const mine = Math.ceil((count - index) / step);
    for (let done = 0; done < mine && !(mutant !== undefined && hasFailed()); done += MAX_SEEDS) {
      const args = ['--from', from + index + done * step, '--step', step, '--count', Math.min(MAX_SEEDS, mine - done)];
      const planted = mutant === undefined ? [] : ['--mutant', mutant];
      await withDatabase(server, (database) =>
        runWorker([...args.map(String), ...planted, ...database], (outcome) => {
          outcomes.push(outcome);
          onOutcome?.(outcome);
        }),
      );
    }
  };
  const hasFailed = () => outcomes.some(({ failure }) => failure !== null);
  await Promise.all(Array.from({ length: step }, (_, index) => share(index)));
  const isCutShort = mutant !== undefined && hasFailed();
  if (outcomes.length !== count && !isCutShort) throw new Error(`${outcomes.length} of ${count} seeds have been run`);

  outcomes.sort((a, b) => a.seed - b.seed);
  const counters: Record<string, number> = {};
  for (const outcome of outcomes)
    for (const [what, times] of Object.entries(outcome.counters)) counters[what] = (counters[what] ?? 0) + times;
  return {
    seeds: outcomes.length,
    failed: outcomes.filter(({ failure }) => failure !== null),
    counters,
    digests: new Map(outcomes.map(({ seed, digest }) => [seed, digest])),
  };
}

let databases = 0;

/** One for each process, as long as it runs. */
async function withDatabase(
  server: PostgresServer | undefined,
  run: (args: readonly string[]) => Promise<void>,
): Promise<void> {
  if (!server) return run([]);
  databases += 1;
  const name = `simulated_${databases}`;
  server.psql('postgres', `CREATE DATABASE ${name}`);
  await run(['--database', server.url(name)]);
  server.psql('postgres', `DROP DATABASE ${name} WITH (FORCE)`);
}

async function runWorker(args: readonly string[], onOutcome: (outcome: Outcome) => void): Promise<void> {
  const child = spawn(process.execPath, [WORKER, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk);
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  for await (const line of createInterface({ input: child.stdout })) onOutcome(JSON.parse(line) as Outcome);
  const code = await ended;
  if (code !== 0) throw new Error(`a simulating process ended with ${String(code)}:\n${stderr}`);
}

/** What went wrong in words, and how to see it again. */
export function describe(
  { seed, failure, lines }: Outcome,
  { mutant, server }: Pick<RunOptions, 'mutant' | 'server'> = {},
): string {
  const on = server ? ' --centre postgres' : '';
  const again = `npx yichuang sim --seeds 1 --from ${seed}${on}${mutant === undefined ? '' : ` --mutant ${mutant}`}`;
  return [...lines, '', `seed ${seed}: ${failure ?? 'everything held'}`, `again: ${again}`].join('\n');
}
