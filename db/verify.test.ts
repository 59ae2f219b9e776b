import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { acceptance } from '../tests/fixtures/acceptance.ts';
import { caseStream, openTestStore } from '../tests/fixtures/store.ts';
import { migrate } from './migrate.ts';
import { PROJECTION_TABLES } from './project.ts';
import { verifyDatabase } from './verify.ts';
import { digestTable, replay } from './verifyProjections.ts';

let fixture: ReturnType<typeof openTestStore>;
beforeEach(() => {
  fixture = openTestStore();
  for (let i = 1; i <= 20; i++) {
    const stream = caseStream();
    fixture.store.ledger.append({ kind: 'case.accepted', stream, actor: '1001', body: acceptance(i) });
    if (i % 3 === 0) {
      fixture.store.ledger.append({
        kind: 'slip.printed',
        stream: caseStream().replace('case:', 'slip:'),
        actor: '1001',
        body: { caseId: stream.slice('case:'.length), slip: 'acceptance', print: 1, confirmation: 'device' },
      });
    }
  }
});
afterEach(() => fixture.dispose());

const codes = () => verifyDatabase(fixture.store.db).map((finding) => finding.code);

test('an untouched file has no findings', () => {
  expect(verifyDatabase(fixture.store.db)).toEqual([]);
});

test('projections rebuilt from the log equal the kept ones, byte for byte', () => {
  const scratch = new Database(':memory:');
  migrate(scratch);
  replay(fixture.store.db, scratch);
  expect(scratch.prepare('SELECT count(*) AS n FROM case_file').get()).toEqual({ n: 20 });
  for (const table of PROJECTION_TABLES) {
    expect(digestTable(scratch, table)).toBe(digestTable(fixture.store.db, table));
  }
});

test('an edited body shows', () => {
  fixture.store.db.exec(`UPDATE op SET body = replace(body, '示例街', '别处街') WHERE seq = 5`);
  expect(codes()).toContain('body-hash');
});

test('a removed op shows as a gap', () => {
  fixture.store.db.exec('DELETE FROM op WHERE seq = 7');
  expect(codes()).toEqual(expect.arrayContaining(['gap', 'prev-hash']));
});

test('an edited projection shows', () => {
  fixture.store.db.exec("UPDATE case_file SET state = 'ISSUED' WHERE number = '20261123070003'");
  expect(codes()).toEqual(['projection-differs']);
});

test('a receipt for ops that are not in the log shows', () => {
  fixture.store.delivery.recordPush({ acked: 999, head: 'x' }, [], '2026-11-23T00:00:00.000Z');
  expect(codes()).toEqual(['acked-beyond-log']);
});
