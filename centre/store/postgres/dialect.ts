import { RELAY_SQL } from '../sqlite/relaySql.ts';

/** What PostgreSQL must be told in other words than SQLite. */
const IN_OTHER_WORDS: ReadonlyMap<string, string> = new Map([
  [
    RELAY_SQL.revokeOthers,
    `UPDATE device SET revoked_at = ? WHERE hall = ? AND revoked_at IS NULL
      AND id NOT IN (SELECT decode(value, 'hex') FROM json_array_elements_text(?::json))`,
  ],
  [RELAY_SQL.beginEpoch, 'UPDATE centre SET epoch = greatest(epoch, ?) + 1'],
]);

/** The two tables that SQLite numbers by itself. Under the write lock the next number is one more than the highest. */
const LOG = /^INSERT INTO op \(([^)]*)\)\s+VALUES \(/;
const SCOPES = /^INSERT INTO scope_head \(([^)]*)\)\s+VALUES \(/;

export interface PostgresStatement {
  text: string;
  /** Rows come back, also from a write. */
  returnsRows: boolean;
  writes: boolean;
  /** Its first parameter is the next position in the log. */
  takesPosition: boolean;
}

/** A statement of ours as PostgreSQL reads it; it has functions of its own for `json_extract` (migrations/). */
export function translate(sql: string): PostgresStatement {
  const text = (IN_OTHER_WORDS.get(sql) ?? sql)
    .replace(LOG, 'INSERT INTO op (id, $1) VALUES (?, ')
    .replace(SCOPES, 'INSERT INTO scope_head (id, $1) VALUES ((SELECT coalesce(max(id), 0) + 1 FROM scope_head), ')
    .replace(/ INDEXED BY \w+/g, '');
  const writes = /^\s*(INSERT|UPDATE|DELETE)\b/i.test(text);
  return {
    text: numberParameters(text),
    returnsRows: !writes || /\bRETURNING\b/.test(text),
    writes,
    takesPosition: LOG.test(sql),
  };
}

/** `?` becomes `$1`, `$2` …, except inside a literal. */
function numberParameters(sql: string): string {
  let count = 0;
  return sql.replace(/'[^']*'|\?/g, (found) => {
    if (found !== '?') return found;
    count += 1;
    return `$${count}`;
  });
}
