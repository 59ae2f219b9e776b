/**
 * What the store asks of a database that speaks SQL: the part of better-sqlite3 it uses, so that a SQLite file is one as
 * it is, and PostgreSQL is one through store/postgres/ (docs/adr/0043). Calls block until the answer is there.
 */
export interface SqlDatabase {
  /** @param sql in the words of SQLite; store/postgres/dialect.ts knows what PostgreSQL says otherwise */
  prepare<P extends unknown[] = unknown[], R = unknown>(sql: string): SqlStatement<P, R>;
  /**
   * Runs the function within one transaction: all of it or nothing. Plain, it may only read, and sees one moment;
   * `immediate` holds the write lock from its first moment on.
   */
  transaction<P extends unknown[], R>(work: (...values: P) => R): SqlTransaction<P, R>;
}

export interface SqlTransaction<P extends unknown[], R> {
  (...values: P): R;
  immediate(...values: P): R;
}

export interface SqlStatement<P extends unknown[], R> {
  get(...values: P): R | undefined;
  all(...values: P): R[];
  iterate(...values: P): IterableIterator<R>;
  /** Where the statement wrote one row into a table numbered by itself, `lastInsertRowid` is that number. */
  run(...values: P): { changes: number; lastInsertRowid: number | bigint };
  /** From now on a row is the value of its first column. */
  pluck(): SqlStatement<P, R>;
}
