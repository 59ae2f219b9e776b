import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { migrate } from '../migrate.ts';
import { SCOPE_SQL } from '../scopeSql.ts';
import { MIGRATIONS } from './index.ts';

it('migration 320 keeps every scope whole, and lets a hub read its scopes anew, with digests', () => {
  const db = new Database(':memory:');
  migrate(
    db,
    MIGRATIONS.filter(({ number }) => number < 320),
  );
  db.prepare("INSERT INTO scope_head (scope, hall, head) VALUES ('hall:main', 'main', 7)").run();
  db.prepare("INSERT INTO relay_cursor (scope, pos) VALUES ('hall:main', 7)").run();

  migrate(
    db,
    MIGRATIONS.filter(({ number }) => number <= 320),
  );
  expect(db.prepare(SCOPE_SQL.scopeHead).get('hall:main')).toMatchObject({ head: 7, floor: 0 });
  expect(db.prepare('SELECT count(*) FROM relay_cursor').pluck().get()).toBe(0);
  expect(() => db.prepare("INSERT INTO relay_cursor VALUES ('hall:main', 1, 'short')").run()).toThrow(/CHECK/);

  for (const [name, sql] of Object.entries(SCOPE_SQL)) {
    const values = Array(sql.split('?').length - 1).fill(1);
    const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[];
    for (const { detail } of plan) expect(detail, name).toMatch(/^(SEARCH|CORRELATED SCALAR SUBQUERY)/);
  }
  db.close();
});
