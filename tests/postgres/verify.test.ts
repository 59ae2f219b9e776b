import { afterEach, beforeEach, expect, it } from 'vitest';
import { verifyCentre } from '../../centre/verify/verify.ts';
import { temporaryFolder } from '../fixtures/centre.ts';
import { databaseOf, databaseUrlOf, findingsIn, openStoreIn, psql } from '../fixtures/centreDatabase.ts';
import { openTestIngest } from '../fixtures/ingest.ts';
import { OpMaker } from '../fixtures/opMaker.ts';

let test: ReturnType<typeof openTestIngest>;
beforeEach(async () => {
  test = openTestIngest();
  await test.hireClerk();
  const maker = new OpMaker({ name: 'a' });
  const { stream } = maker.acceptCase();
  maker.printSlip(stream);
  maker.acceptCase();
  await test.push(maker, maker.ops);
});
afterEach(() => test.dispose());

/** As somebody with the rights of the owner would: past triggers and foreign keys. */
function plant(sql: string): void {
  const database = (databaseUrlOf(test.dir) ?? '').replace(/^.*\//, '');
  psql(database, `SET search_path = yichuang; SET session_replication_role = replica; ${sql}`);
}
const codes = () => [...new Set(findingsIn(test.dir).map(({ code }) => code))].sort();

it('finds nothing wrong with what the centre has stored', () => {
  expect(codes()).toEqual([]);
});

it.each([
  [
    'an op that was changed',
    `UPDATE op SET envelope = replace(envelope, '1001', '1002') WHERE id = 2`,
    ['body-hash', 'projection-differs'],
  ],
  ['an op that is gone', 'DELETE FROM op WHERE id = 3', ['foreign-key', 'gap']],
  ['a place that is gone', 'DELETE FROM scope_row WHERE pos = 2', ['scope-differs']],
  [
    'a case that is not what the log says',
    `UPDATE projection SET version = 9 WHERE type = 'case'`,
    ['projection-differs'],
  ],
  ['an op without what became of it', 'DELETE FROM op_result WHERE op = 2', ['result-missing']],
  ['a receipt for more than there is', 'UPDATE device_head SET seq = 99', ['acked-beyond-log']],
])('finds %s', (_what, sql, expected) => {
  plant(sql);
  expect(codes()).toEqual(expect.arrayContaining(expected));
});

it('reads a log of many pages at one moment, while it grows', async () => {
  const maker = new OpMaker({ name: 'many', terminal: '08' });
  while (maker.ops.length < 450) maker.acceptCase();
  await test.push(maker, maker.ops);
  expect(codes()).toEqual([]);
  expect(await test.scope()).toHaveLength(454);
});

it('makes no tables where there are none', () => {
  const empty = temporaryFolder();
  const address = databaseOf(empty.dir);
  if (!address) throw new Error('not on PostgreSQL');
  psql(address.database, 'DROP SCHEMA yichuang CASCADE');
  expect(() => verifyCentre(empty.dir, address)).toThrow(/at version 0/);
  expect(psql(address.database, `SELECT to_regnamespace('yichuang') IS NULL`)).toBe('t');
  // For whoever gets this database next.
  openStoreIn(empty.dir).close();
  empty.remove();
});
