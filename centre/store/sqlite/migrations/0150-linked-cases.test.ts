import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { migrate } from '../migrate.ts';
import { SQL } from '../sql.ts';
import { MIGRATIONS } from './index.ts';

it('migration 150 finds the registrations of a loan among the cases of before', () => {
  const db = new Database(':memory:');
  migrate(
    db,
    MIGRATIONS.filter(({ number }) => number < 150),
  );
  const addOp = db.prepare(SQL.addOp);
  const addCase = db.prepare(
    `INSERT INTO projection (stream, type, version, hall, number, source, record) VALUES (?, 'case', 1, 'main', ?, ?, '{}')`,
  );
  const add = (index: number, stream: string, body: object): void => {
    const blob = (size: number) => Buffer.alloc(size, index);
    const envelope = JSON.stringify({ stream, body });
    const { lastInsertRowid } = addOp.run(
      blob(16),
      blob(16),
      1,
      index,
      'case.accepted',
      stream,
      'main',
      blob(32),
      0,
      envelope,
    );
    addCase.run(stream, `n${index}`, lastInsertRowid);
  };
  add(1, 'case:loan', {});
  add(2, 'case:mortgage', { link: { caseId: 'loan' } });
  add(3, 'case:other', { link: { caseId: 'other-loan' } });
  migrate(
    db,
    MIGRATIONS.filter(({ number }) => number <= 150),
  );
  expect(db.prepare(SQL.findLinkedCases).all('loan')).toEqual([{ stream: 'case:mortgage' }]);
  expect(db.prepare(`SELECT count(*) FROM projection`).pluck().get()).toBe(3);
  const plan = db.prepare(`EXPLAIN QUERY PLAN ${SQL.findLinkedCases}`).all('loan') as { detail: string }[];
  expect(plan.map(({ detail }) => detail).join()).toContain('USING PRIMARY KEY (loan=?)');
  db.close();
});
