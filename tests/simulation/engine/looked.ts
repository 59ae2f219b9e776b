/** What the world asks of a database it looks at: the part of better-sqlite3 that a server can answer as well. */
export interface Looked {
  readonly open: boolean;
  /** The file it is; on a server one that is not there, in the folder of the machine. */
  readonly name: string;
  /** @param sql what both databases read alike */
  prepare(sql: string): LookedStatement;
}

export interface LookedStatement {
  /** From now on a row is the value of its first column. */
  pluck(): LookedStatement;
  /** From now on a row is a list of values. */
  raw(): LookedStatement;
  get(...values: unknown[]): unknown;
  all(...values: unknown[]): unknown[];
}
