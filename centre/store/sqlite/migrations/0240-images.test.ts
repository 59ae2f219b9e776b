import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { migrate } from '../migrate.ts';
import { SQL } from '../sql.ts';
import { MIGRATIONS } from './index.ts';

it('migration 240 keeps what is there, and finds an image by its hash and hall, by the index', () => {
  const db = new Database(':memory:');
  migrate(
    db,
    MIGRATIONS.filter(({ number }) => number < 240),
  );
  const add = db.prepare(
    `INSERT INTO projection (stream, type, version, hall, number, source, record) VALUES (?, ?, 1, ?, NULL, NULL, ?)`,
  );
  const sha256 = 'a'.repeat(64);
  add.run('scan:1', 'scan', 'main', JSON.stringify({ blob: { sha256 } }));
  add.run('staff:1', 'staff', 'main', '{}');

  migrate(
    db,
    MIGRATIONS.filter(({ number }) => number <= 240),
  );
  expect(db.prepare(SQL.isImageOf).pluck().get(sha256, 'main')).toBe(1);
  expect(db.prepare(SQL.isImageOf).pluck().get(sha256, 'branch')).toBeUndefined();
  expect(db.prepare(SQL.isImageOf).pluck().get('b'.repeat(64), 'main')).toBeUndefined();
  const plan = db.prepare(`EXPLAIN QUERY PLAN ${SQL.isImageOf}`).all(sha256, 'main') as { detail: string }[];
  expect(plan.map(({ detail }) => detail).join()).toContain('SEARCH projection USING INDEX projection_image');
  db.close();
});
