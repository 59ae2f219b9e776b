import { describe, expect, it } from 'vitest';
import { RELAY_SQL } from '../sqlite/relaySql.ts';
import { SQL } from '../sqlite/sql.ts';
import { translate } from './dialect.ts';

describe('a statement of ours for PostgreSQL', () => {
  it('numbers its parameters, and leaves a question mark in a literal alone', () => {
    expect(translate(`SELECT '?' FROM op WHERE a = ? AND b IN (?, '*')`).text).toBe(
      `SELECT '?' FROM op WHERE a = $1 AND b IN ($2, '*')`,
    );
  });

  it('numbers what SQLite numbers by itself', () => {
    const addOp = translate(SQL.addOp);
    expect(addOp.text).toMatch(/^INSERT INTO op \(id, op_id,.*VALUES \(\$1, \$2, .*\$11\)$/s);
    expect(addOp).toMatchObject({ writes: true, returnsRows: false, takesPosition: true });
    const setScope = translate(SQL.setScope);
    expect(setScope.text).toMatch(
      /^INSERT INTO scope_head \(id, .*VALUES \(\(SELECT coalesce\(max\(id\), 0\) \+ 1 FROM scope_head\), \$1, /,
    );
    expect(setScope).toMatchObject({ writes: true, returnsRows: true, takesPosition: false });
    expect(translate(SQL.addResult)).toMatchObject({ writes: true, returnsRows: false, takesPosition: false });
  });

  it('knows no hints for the planner of SQLite', () => {
    for (const sql of [...Object.values(SQL), ...Object.values(RELAY_SQL)]) {
      expect(translate(sql).text).not.toMatch(/INDEXED BY|\?|json_each|unhex/);
    }
  });
});
