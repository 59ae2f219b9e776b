import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { migrate } from '../migrate.ts';
import { MIGRATIONS } from './index.ts';

/** The question of programs from then. */
const IS_IMAGE_OF = `SELECT 1 FROM projection INDEXED BY projection_image
  WHERE type = 'scan' AND json_extract(record, '$.blob.sha256') = ? AND hall = ? LIMIT 1`;

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
  expect(db.prepare(IS_IMAGE_OF).pluck().get(sha256, 'main')).toBe(1);
  expect(db.prepare(IS_IMAGE_OF).pluck().get(sha256, 'branch')).toBeUndefined();
  expect(db.prepare(IS_IMAGE_OF).pluck().get('b'.repeat(64), 'main')).toBeUndefined();
  const plan = db.prepare(`EXPLAIN QUERY PLAN ${IS_IMAGE_OF}`).all(sha256, 'main') as { detail: string }[];
  expect(plan.map(({ detail }) => detail).join()).toContain('SEARCH projection USING INDEX projection_image');
  db.close();
});
