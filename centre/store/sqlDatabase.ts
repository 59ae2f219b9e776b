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
  /** Fetches in one go what is going to be asked in this write transaction before its first write. */
  foresee?(questions: readonly Question[]): void;
}

/** A statement that only reads. */
export interface Question {
  sql: string;
  values: readonly unknown[];
}

export interface SqlTransaction<P extends unknown[], R> {
  (...values: P): R;
  immediate(...values: P): R;
}

export interface SqlStatement<P extends unknown[], R> {
  get(...values: P): R | undefined;
  all(...values: P): R[];
  /** `get` once for each, in one go. */
  getEach?(list: readonly P[]): (R | undefined)[];
  iterate(...values: P): IterableIterator<R>;
  /** Where the statement wrote one row into a table numbered by itself, `lastInsertRowid` is that number. */
  run(...values: P): { changes: number; lastInsertRowid: number | bigint };
  /** From now on a row is the value of its first column. */
  pluck(): SqlStatement<P, R>;
}

/** @returns what `get` gives for each, in their order */
export function getEach<P extends unknown[], R>(statement: SqlStatement<P, R>, list: readonly P[]): (R | undefined)[] {
  return statement.getEach?.(list) ?? list.map((values) => statement.get(...values));
}
