import { parseDatabaseUrl } from '../../../../centre/store/postgres/address.ts';
import { translate } from '../../../../centre/store/postgres/dialect.ts';
import { Line, LineLostError } from '../../../../centre/store/postgres/line.ts';
import type { LineStatement, StatementResult } from '../../../../centre/store/postgres/lineTypes.ts';
import { migrate } from '../../../../centre/store/postgres/migrate.ts';
import { SCHEMA } from '../../../../centre/store/postgres/session.ts';
import { fromServer, toServer } from '../../../../centre/store/postgres/values.ts';
import type { LookedStatement } from '../looked.ts';
import { PATIENCE_MS } from './watchLines.ts';

/** What SQLite calls otherwise, in the questions of the world. */
const FUNCTIONS = [
  'CREATE SCHEMA look',
  `CREATE FUNCTION look.hex(bytes bytea) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT encode(bytes, 'hex') $$`,
  `CREATE FUNCTION look.unhex(digits text) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$ SELECT decode(digits, 'hex') $$`,
];

const plain = (text: string): LineStatement => ({ text, values: [] });

/**
 * A database on a real PostgreSQL server that one simulating process uses, run after run. The world has a line of its own to
 * it: it sees what was committed, and nothing else. What the tables hold at a moment can be kept, and put back.
 */
export class SimulatedDatabase {
  readonly address: ReturnType<typeof parseDatabaseUrl>;
  readonly #line: Line;
  readonly #tables: readonly string[];
  #kept: string[] = [];

  /** @param url of an empty database */
  constructor(url: string) {
    this.address = parseDatabaseUrl(url);
    this.#line = new Line(this.address, { lockTimeoutMs: PATIENCE_MS, idleTimeoutMs: 0, answerMs: PATIENCE_MS });
    if (!this.#line.waitUntilUp(PATIENCE_MS)) throw new Error(`no PostgreSQL: ${this.#line.news.trouble ?? url}`);
    migrate(this.#line);
    this.#ask(...FUNCTIONS, `SET search_path = ${SCHEMA}, look`, 'SET statement_timeout = 0');
    const [names] = this.#ask(`SELECT tablename FROM pg_tables WHERE schemaname = '${SCHEMA}' ORDER BY 1`);
    this.#tables = names?.rows.map(([name]) => name ?? '') ?? [];
  }

  /** @returns a name for what all tables hold at the moment */
  keep(): string {
    const kept = `kept_${this.#kept.length}`;
    const copies = this.#tables.map((name) => `CREATE TABLE ${kept}.${name} AS TABLE ${SCHEMA}.${name}`);
    this.#ask('BEGIN', `CREATE SCHEMA ${kept}`, ...copies, 'COMMIT');
    this.#kept.push(kept);
    return kept;
  }

  /** @param isMoved the centre is to see that these are not the tables it had: as after a restore from a dump */
  putBack(kept: string, isMoved = false): void {
    this.#ask(
      'BEGIN',
      // The log refuses to be emptied, and references are looked at row by row.
      'SET LOCAL session_replication_role = replica',
      `TRUNCATE ${this.#tables.map((name) => `${SCHEMA}.${name}`).join(', ')}`,
      ...this.#tables.map((name) => `INSERT INTO ${SCHEMA}.${name} TABLE ${kept}.${name}`),
      ...(isMoved ? [`UPDATE ${SCHEMA}.centre SET home = 'other tables'`] : []),
      'COMMIT',
    );
  }

  /** As at the first run: what was kept first is put back, and nothing else is kept. */
  reset(): void {
    const [first = '', ...others] = this.#kept;
    for (const kept of others) this.#ask(`DROP SCHEMA ${kept} CASCADE`);
    this.#kept = [first];
    this.putBack(first);
  }

  prepare(sql: string): LookedStatement {
    return this.#statement(translate(sql).text, 'row');
  }

  /** A connection that broke is over for the server as well. */
  waitUntilUnlocked(): void {
    const holders = `SELECT count(*) FROM pg_locks WHERE relation = '${SCHEMA}.write_lock'::regclass AND pid <> pg_backend_pid()`;
    while (this.#ask(holders)[0]?.rows[0]?.[0] !== '0') pause();
  }

  /** Breaks the connection of a line. On its next one the line is up again when this returns. @param session the broken one */
  breakLine(line: Line, session: number): void {
    // An answer that is not waited for: the line gives its connection up.
    while (sessionOf(line, 0) !== null);
    const until = performance.now() + PATIENCE_MS;
    for (let found = null; found === null || found === session; found = sessionOf(line, PATIENCE_MS)) {
      if (performance.now() > until) throw new Error('the PostgreSQL server is gone');
      pause();
    }
    this.waitUntilUnlocked();
  }

  close(): void {
    this.#line.close();
  }

  #ask(...statements: readonly string[]): StatementResult[] {
    return this.#line.ask(null, statements.map(plain)).results;
  }

  #statement(text: string, as: 'row' | 'first' | 'list'): LookedStatement {
    const all = (...values: unknown[]): unknown[] => {
      const [result] = this.#line.ask(null, [{ text, values: values.map(toServer) }]).results;
      if (!result) return [];
      const { columns, rows } = result;
      return rows.map((row) => {
        const read = row.map((value, index) => fromServer(value, columns[index]?.type ?? 0));
        if (as === 'list') return read;
        return as === 'first' ? read[0] : Object.fromEntries(columns.map(({ name }, index) => [name, read[index]]));
      });
    };
    return {
      pluck: () => this.#statement(text, 'first'),
      raw: () => this.#statement(text, 'list'),
      get: (...values) => all(...values)[0],
      all,
    };
  }
}

/** @returns null: no answer */
function sessionOf(line: Line, answerMs: number): number | null {
  try {
    return line.ask(null, [], answerMs).session;
  } catch (error) {
    if (error instanceof LineLostError) return null;
    throw error;
  }
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
}
