import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { migrate } from '../migrate.ts';
import { RELAY_SQL } from '../relaySql.ts';
import { SQL } from '../sql.ts';
import { MIGRATIONS } from './index.ts';

const id = (n: number) => Buffer.alloc(16, n);
const hash = (n: number) => Buffer.alloc(32, n);

it('migration 210 keeps results, devices and codes, and finds what waits for the centre without reading the log', () => {
  const db = new Database(':memory:');
  db.pragma('foreign_keys=ON');
  migrate(
    db,
    MIGRATIONS.filter(({ number }) => number < 210),
  );
  const addOp = db.prepare(SQL.addOp);
  for (const n of [1, 2, 3]) addOp.run(id(n), id(9), 1, n, 'k', 'case:x', 'main', hash(n), 0, '{}');
  const add = db.prepare(SQL.addResult);
  add.run(1, 'applied', null, null);
  add.run(2, 'parked', 'unknown-kind', 'case:x');
  add.run(3, 'rejected', 'stale-version', null);
  db.prepare('INSERT INTO device VALUES (?, ?, ?, ?, 1, NULL)').run(id(9), hash(9), 'W07', 'main');
  db.prepare('INSERT INTO enrolment_code VALUES (?, ?, ?, 1, NULL, NULL)').run(hash(8), 'W08', 'main');

  migrate(
    db,
    MIGRATIONS.filter(({ number }) => number <= 210),
  );

  expect(db.prepare('SELECT outcome, code, parked_stream AS stream FROM op_result ORDER BY op').all()).toEqual([
    { outcome: 'applied', code: null, stream: null },
    { outcome: 'parked', code: 'unknown-kind', stream: 'case:x' },
    { outcome: 'rejected', code: 'stale-version', stream: null },
  ]);
  expect(db.prepare(SQL.findDeviceByToken).get(hash(9))).toMatchObject({ terminal: 'W07', kind: 'terminal' });
  expect(db.prepare(SQL.findCode).get(hash(8))).toMatchObject({ terminal: 'W08', kind: 'terminal' });
  expect(db.pragma('foreign_key_check')).toEqual([]);
  expect(() => db.prepare('UPDATE op SET mirrored = 1 WHERE id = 1').run()).toThrow('append-only');

  addOp.run(id(4), id(9), 1, 4, 'k', 'case:x', 'main', hash(4), 0, '{}');
  add.run(4, 'held', null, null);
  expect(() => add.run(5, 'held', 'why', null)).toThrow('CHECK');
  db.prepare(RELAY_SQL.addToForward).run(3);
  expect(db.prepare(RELAY_SQL.toForward).all(10)).toEqual([]);
  db.prepare(RELAY_SQL.setUpstream).run('http://centre', 'main');
  db.prepare(RELAY_SQL.addToForward).run(4);
  expect(db.prepare(RELAY_SQL.toForward).all(10)).toMatchObject([{ id: 4, outcome: 'held' }]);

  const plan = (sql: string, ...values: unknown[]) =>
    (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[])
      .map(({ detail }) => detail)
      .join('\n');
  expect(plan(SQL.isParked, 'case:x')).toContain('op_result_parked');
  expect(plan(RELAY_SQL.toForward, 10)).toMatch(/SCAN to_forward\n.*SEARCH op USING INTEGER PRIMARY KEY/);
  expect(plan(RELAY_SQL.toForward, 10)).not.toContain('TEMP B-TREE');
  expect(plan(RELAY_SQL.outcomesAfter, id(9), 1, 1, 10)).toMatch(
    /SEARCH op USING (COVERING )?INDEX \S+ \(device=\? AND epoch=\? AND seq>/,
  );
  const again = plan(RELAY_SQL.forwardAgain, id(9), 1, 1);
  expect(again.match(/SEARCH op USING COVERING INDEX \S+ \(device=\? AND epoch=\? AND seq=\?\)/g)).toHaveLength(2);
  expect(again).not.toContain('SCAN op');
  expect(plan(RELAY_SQL.nextEpochOf, id(9), 1)).toMatch(/SEARCH op USING COVERING INDEX \S+ \(device=\? AND epoch>/);
  db.close();
});
