import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { migrate } from '../migrate.ts';
import { SQL } from '../sql.ts';
import { MIGRATIONS } from './index.ts';

it('migration 330 finds the images of pages that were scanned before it, each in its hall, by the key', () => {
  const db = new Database(':memory:');
  migrate(
    db,
    MIGRATIONS.filter(({ number }) => number < 330),
  );
  const [first, second] = ['a'.repeat(64), 'b'.repeat(64)] as const;
  const add = (stream: string, hall: string, sha256: string) =>
    db.prepare(SQL.addEntity).run(stream, 'scan', 1, hall, null, null, JSON.stringify({ blob: { sha256 } }));
  add('scan:1', 'main', first);
  add('scan:2', 'main', first);
  add('scan:3', 'branch', second);
  db.prepare(SQL.addEntity).run('slip:1', 'slip', 1, 'main', null, null, '{}');

  migrate(
    db,
    MIGRATIONS.filter(({ number }) => number <= 330),
  );
  const isImageOf = db.prepare(SQL.isImageOf).pluck();
  const isIn = (sha256: string, hall: string) => isImageOf.get(Buffer.from(sha256, 'hex'), hall) === 1;
  expect([isIn(first, 'main'), isIn(first, 'branch'), isIn(second, 'main'), isIn(second, 'branch')]).toEqual([
    ...[true, false, false, true],
  ]);
  db.prepare(SQL.addImage).run(Buffer.from(second, 'hex'), 'branch');
  expect(db.prepare('SELECT count(*) FROM scan_image').pluck().get()).toBe(2);
  const plan = db.prepare(`EXPLAIN QUERY PLAN ${SQL.isImageOf}`).all(Buffer.alloc(32), 'main') as { detail: string }[];
  expect(plan.map(({ detail }) => detail).join()).toContain('SEARCH scan_image USING PRIMARY KEY');
  db.close();
});
