import type { Line } from './line.ts';
import type { LineStatement, StatementResult } from './lineTypes.ts';
import { MIGRATIONS } from './migrations/index.ts';
import type { Migration } from './migrations/types.ts';
import { SCHEMA } from './session.ts';

export class MigrationError extends Error {
  override name = 'MigrationError';
}

/** Any number, the same in every version of the program. */
const MIGRATION_LOCK = '7400240';

/** A large table takes as long as it takes. */
const PATIENCE = Number.POSITIVE_INFINITY;

const plain = (text: string): LineStatement => ({ text, values: [] });

const VERSION = plain(`SELECT coalesce(max(number), 0) FROM ${SCHEMA}.migration`);

/**
 * Brings a database to the newest version, forward only, each migration in a transaction of its own. Of several processes
 * that start at once one does it.
 * @throws MigrationError when the tables were written by a newer program
 */
export function migrate(line: Line, migrations: readonly Migration[] = MIGRATIONS): void {
  const newest = migrations.at(-1)?.number ?? 0;
  inTransaction(line, () => [
    plain(`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`),
    plain(`CREATE TABLE IF NOT EXISTS ${SCHEMA}.migration (
      number bigint NOT NULL PRIMARY KEY,
      at     timestamptz NOT NULL DEFAULT now()
    )`),
  ]);
  const found = versionOf(line);
  if (found > newest) throw new MigrationError(`the database is at version ${found}, this program knows ${newest}`);
  for (const { number, statements } of migrations) {
    if (number <= found) continue;
    inTransaction(line, (version) =>
      version >= number
        ? []
        : [
            ...statements.map(plain),
            { text: `INSERT INTO ${SCHEMA}.migration (number) VALUES ($1)`, values: [String(number)] },
          ],
    );
  }
}

/** @returns the number of the last migration; 0 before the first */
export function versionOf(line: Line): number {
  return Number(firstValue(line.ask(null, [VERSION]).results.at(-1)) ?? 0);
}

function inTransaction(line: Line, statementsAt: (version: number) => LineStatement[]): void {
  const lock = { text: 'SELECT pg_advisory_xact_lock($1)', values: [MIGRATION_LOCK] };
  const exists = { text: 'SELECT to_regclass($1)', values: [`${SCHEMA}.migration`] };
  const { session, results } = line.ask(null, [plain('BEGIN'), lock, exists]);
  try {
    const isNew = firstValue(results.at(-1)) === null;
    // Asked again under the lock: another process may have come first.
    const version = isNew ? 0 : Number(firstValue(line.ask(session, [VERSION]).results.at(-1)) ?? 0);
    const patient = plain('SET LOCAL statement_timeout = 0');
    line.ask(session, [patient, ...statementsAt(version), plain('COMMIT')], PATIENCE);
  } catch (error) {
    line.ask(session, [plain('ROLLBACK')]);
    throw error;
  }
}

function firstValue(result: StatementResult | undefined): string | null {
  return result?.rows[0]?.[0] ?? null;
}
