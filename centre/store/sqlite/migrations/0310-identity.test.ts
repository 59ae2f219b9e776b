import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { IDENTITY_SQL } from '../identitySql.ts';
import { migrate } from '../migrate.ts';
import { SQL } from '../sql.ts';
import { MIGRATIONS } from './index.ts';

it('migration 310 keeps devices, none of which has a key; the key in force is the newest, found by the index', () => {
  const db = new Database(':memory:');
  migrate(
    db,
    MIGRATIONS.filter(({ number }) => number < 310),
  );
  const [device, token] = [Buffer.alloc(16, 1), Buffer.alloc(32, 2)];
  db.prepare(SQL.setDevice).run(device, token, 'W07', 'main', 1, 'terminal');
  migrate(
    db,
    MIGRATIONS.filter(({ number }) => number <= 310),
  );
  expect(db.prepare(IDENTITY_SQL.listDevices).all()).toMatchObject([
    { terminal: 'W07', public_key: null, last_heard: null, seen_at: null },
  ]);
  expect(db.prepare(IDENTITY_SQL.keyOf).get(device)).toBeUndefined();
  for (const key of ['first', 'second', null, 'third']) db.prepare(IDENTITY_SQL.addKey).run(device, key, 1, 0, 5);
  expect(db.prepare(IDENTITY_SQL.keyOf).get(device)).toMatchObject({ public_key: 'third' });
  expect(db.prepare(IDENTITY_SQL.keysOf).pluck().all(device)).toEqual(['third', 'second', 'first']);

  const addHead = (seq: number) =>
    db.prepare(IDENTITY_SQL.addHead).run(device, 1, seq, Buffer.alloc(32), Buffer.alloc(64), 'third');
  for (const seq of [3, 5]) addHead(seq);
  const heads = () => db.prepare(IDENTITY_SQL.headsAfter).all(device, 1, 0, 10) as { seq: number }[];
  expect(db.prepare(IDENTITY_SQL.removeOlder).run(device, 1, 5).changes).toBe(1);
  expect(heads().map(({ seq }) => seq)).toEqual([5]);
  // A hub keeps them: it may have to hand them on.
  db.prepare("INSERT INTO relay (only_row, upstream, hall) VALUES (1, 'http://centre', 'main')").run();
  addHead(9);
  expect(db.prepare(IDENTITY_SQL.removeOlder).run(device, 1, 9).changes).toBe(0);

  const plan = (sql: string, ...values: unknown[]) =>
    (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[]).map(({ detail }) => detail).join();
  expect(plan(IDENTITY_SQL.keyOf, device)).toMatch(/^SEARCH device_key USING INDEX device_key_device \(device=\?\)$/);
  expect(plan(IDENTITY_SQL.headsAfter, device, 1, 0, 9)).toMatch(/^SEARCH signed_head USING PRIMARY KEY/);
  db.close();
});
