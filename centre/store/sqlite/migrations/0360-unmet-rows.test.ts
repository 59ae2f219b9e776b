import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { migrate } from '../migrate.ts';
import { RELAY_SQL } from '../relaySql.ts';
import { SQL } from '../sql.ts';
import { UNMET_SQL } from '../unmetSql.ts';
import { MIGRATIONS } from './index.ts';

it('migration 360 counts nothing at first, looks for what is published, and leaves out what a snapshot has not', () => {
  const db = new Database(':memory:');
  migrate(
    db,
    MIGRATIONS.filter(({ number }) => number < 360),
  );
  const streams = ['case:a', 'ticket:b', 'case:c'];
  for (const [index, stream] of streams.entries()) {
    const [id, hash] = [Buffer.alloc(16, index + 1), Buffer.alloc(32, index + 1)];
    db.prepare(SQL.addOp).run(id, Buffer.alloc(16, 9), 1, index + 1, 'k', stream, 'main', hash, 0, '{}');
  }
  db.prepare("INSERT INTO scope_head (id, scope, hall, head) VALUES (1, 'hall:main', 'main', 3)").run();
  for (const pos of [1, 2, 3]) db.prepare('INSERT INTO scope_row (scope, pos, op) VALUES (1, ?, ?)').run(pos, pos);
  db.prepare(RELAY_SQL.setUpstream).run('http://centre', 'main');

  migrate(
    db,
    MIGRATIONS.filter(({ number }) => number <= 360),
  );
  const count = () => db.prepare(UNMET_SQL.countLone).pluck().get();
  expect(count()).toBe(0);
  db.prepare(UNMET_SQL.begin).run('hall:main');
  db.prepare(UNMET_SQL.leaveOut).run('hall:main');
  db.prepare(UNMET_SQL.remove).run(1);
  expect(db.prepare(UNMET_SQL.newlyLone).all('hall:main')).toMatchObject([{ seq: 3 }]);
  db.prepare(UNMET_SQL.end).run('hall:main');
  expect(count()).toBe(1);
  db.prepare(RELAY_SQL.addToForward).run(3);
  expect(count()).toBe(0);

  for (const [name, sql] of Object.entries(UNMET_SQL)) {
    const values = Array(sql.split('?').length - 1).fill(1);
    const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[];
    for (const { detail } of plan)
      expect(detail, name).toMatch(/^(SCAN mirror_unmet|SEARCH|CORRELATED|USE TEMP B-TREE FOR (ORDER BY|DISTINCT))/);
  }
  db.close();
});
