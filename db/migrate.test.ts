import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { acceptance } from '../tests/fixtures/acceptance.ts';
import { NEXT_DOUBTED } from './doubts.ts';
import { uuidToBlob } from './ids.ts';
import { MIGRATIONS, migrate } from './migrate.ts';
import { Outages } from './outages.ts';
import { UNREAD_OPS } from './setAside.ts';
import { TextIndex } from './textIndex.ts';

function columns(db: Database.Database, table: string): string[] {
  return (db.pragma(`table_info(${table})`) as { name: string }[]).map((column) => column.name);
}

function plan(db: Database.Database, sql: string): string {
  return (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[]).map((row) => row.detail).join('\n');
}

test('migrations are numbered in tens and rise', () => {
  const versions = MIGRATIONS.map((migration) => migration.version);
  expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
  expect(versions.filter((version) => version % 10 !== 0)).toEqual([]);
});

test('migrating twice changes nothing the second time', () => {
  const db = new Database(':memory:');
  migrate(db);
  const schema = db.prepare('SELECT sql FROM sqlite_schema').all();
  migrate(db);
  expect(db.prepare('SELECT sql FROM sqlite_schema').all()).toEqual(schema);
});

test('a file of a newer program is refused', () => {
  const db = new Database(':memory:');
  db.pragma('user_version=99990');
  expect(() => migrate(db)).toThrow('newer-schema');
});

test('0010 gives the log, which is read by device and number', () => {
  const db = new Database(':memory:');
  migrate(db, 10);
  expect(columns(db, 'op')).toContain('prev_hash');
  expect(
    plan(db, 'SELECT * FROM op WHERE device = x AND epoch = 1 AND seq > 5 ORDER BY seq'.replace('= x', "= x''")),
  ).toMatch(/USING INDEX sqlite_autoindex_op_\d \(device=\? AND epoch=\? AND seq>\?\)/);
});

test('0020 keeps the rows of 0010 and finds cases by index', () => {
  const db = new Database(':memory:');
  migrate(db, 10);
  db.prepare(`
    INSERT INTO op VALUES (1, x'01', x'02', 1, 1, 'k', 'case', x'03', 0, 'a', 't', 'h', '{}', x'00', x'00', x'00', 1)`).run();
  migrate(db, 20);
  expect(db.prepare('SELECT count(*) AS n FROM op').get()).toEqual({ n: 1 });
  expect(plan(db, "SELECT * FROM case_file WHERE number = 'x'")).toContain('(number=?)');
  expect(plan(db, "SELECT max(number) FROM case_file WHERE number >= 'x' AND number <= 'y'")).toContain(
    'COVERING INDEX',
  );
  expect(plan(db, "SELECT case_ref FROM case_key WHERE key >= 'x' AND key < 'y'")).toContain(
    'PRIMARY KEY (key>? AND key<?)',
  );
  expect(plan(db, 'SELECT progress FROM case_file ORDER BY ref DESC LIMIT 50')).not.toContain('TEMP B-TREE');
});

test('0030 adds local state beside the rows of 0020', () => {
  const db = new Database(':memory:');
  migrate(db, 20);
  db.exec("INSERT INTO case_file VALUES (1, x'01', 1, 'ACCEPTED', '20261123070001', 1, 1, 1, '{}')");
  migrate(db, 30);
  expect(db.prepare('SELECT number FROM case_file').get()).toEqual({ number: '20261123070001' });
  expect(columns(db, 'signed_in')).toEqual(['connection', 'session_id', 'staff']);
});

test('0050 adds scanned pages beside the rows of before, found by case and by image', () => {
  const db = new Database(':memory:');
  migrate(db, 49);
  db.prepare("INSERT INTO draft VALUES ('acceptance', '{}', 't')").run();
  migrate(db, 50);
  expect(db.prepare('SELECT count(*) AS n FROM draft').get()).toEqual({ n: 1 });
  expect(plan(db, "SELECT record FROM scan WHERE case_id = x'01' AND removed = ''")).toContain('scan_case (case_id=?)');
  expect(plan(db, "SELECT 1 FROM scan WHERE sha256 = x'01'")).toContain('scan_sha256 (sha256=?)');
});

test('0070 keeps the rows before it and finds the payments of a case by index', () => {
  const db = new Database(':memory:');
  migrate(db, 40);
  db.exec("INSERT INTO case_slip VALUES (x'01', x'02', 'acceptance', 1, 't', '1001', 'device')");
  migrate(db, 70);
  expect(db.prepare('SELECT count(*) AS n FROM case_slip').get()).toEqual({ n: 1 });
  expect(plan(db, "SELECT record FROM payment WHERE case_id = x'02'")).toContain(
    'USING INDEX payment_case (case_id=?)',
  );
});

test('0060 adds publications beside the cases of 0040, found by version', () => {
  const db = new Database(':memory:');
  migrate(db, 40);
  db.exec("INSERT INTO case_file VALUES (1, x'01', 1, 'ACCEPTED', '20261123070001', 1, 1, 1, '{}')");
  migrate(db, 60);
  expect(db.prepare('SELECT number FROM case_file').get()).toEqual({ number: '20261123070001' });
  expect(plan(db, "SELECT op_ord FROM catalogue WHERE version = 'x'")).toContain('PRIMARY KEY (version=?)');
  expect(plan(db, 'SELECT op_ord FROM catalogue ORDER BY stream_version DESC LIMIT 1')).not.toContain('TEMP B-TREE');
  expect(() => db.exec("INSERT INTO calendar_year VALUES (2027, 's', 2, '01-01', '')")).toThrow('CHECK');
  expect(() => db.exec("INSERT INTO calendar_override VALUES ('2026-11-28', 'open', 's')")).toThrow('CHECK');
});

test('0110 fills the text index anew, from the cases that were there', () => {
  const db = new Database(':memory:');
  migrate(db, 100);
  const body = JSON.stringify(acceptance(1));
  db.prepare(`
    INSERT INTO op VALUES (1, x'01', x'02', 1, 1, 'case.accepted', 'case', x'03', 0, 'a', 't', 'h', ?, x'00', x'00', x'00', 1)`).run(
    body,
  );
  db.exec("INSERT INTO case_file VALUES (1, x'03', 1, 'ACCEPTED', '20261123070001', 1, 1, 1, '{}')");
  db.exec(
    "INSERT INTO case_text (rowid, names, location) VALUES (1, '张 三', '示 例 街'); UPDATE case_text_state SET indexed_ref = 1",
  );
  migrate(db, 110);
  new TextIndex(db).catchUp();
  const find = db.prepare('SELECT rowid FROM case_text WHERE case_text MATCH ?').pluck();
  expect(find.all('"张 三"')).toEqual([1]);
  expect(find.all('pairs : "张三"')).toEqual([1]);
  expect(find.all('pairs : "龙山 山区"')).toEqual([1]);
});

test('0140 keeps the book of blanks, and refuses a sheet that was fed twice', () => {
  const db = new Database(':memory:');
  migrate(db, 130);
  db.exec(`INSERT INTO blank_movement VALUES (x'01', 1, 1, 'proof', 'blanks.bound', 'Z22000000001', 'Z22000000001', 1, 'W07',
    'CASE', '2026-11-23', 't', '2008', NULL, NULL, '', NULL, NULL)`);
  migrate(db, 140);
  expect(db.prepare('SELECT first, through FROM blank_movement').get()).toEqual({
    first: 'Z22000000001',
    through: null,
  });
  const add = db.prepare(`
    INSERT INTO print_job VALUES (?, 1, x'0d', 'W07', x'0c', ?, ?, 'proof', 'l', NULL, x'00', '2008', '2026-11-23', ?, ?, '{}')`);
  add.run(Buffer.from([1]), 'N1', 'Z1', 'SPOILED', 1);
  expect(() => add.run(Buffer.from([2]), 'N2', 'Z1', 'SENDING', 1)).toThrow('UNIQUE');
  add.run(Buffer.from([2]), 'N1', 'Z2', 'PREPARED', 0);
  expect(() => add.run(Buffer.from([3]), 'N1', 'Z3', 'PREPARED', 0)).toThrow('UNIQUE');
  expect(plan(db, "SELECT record FROM print_job WHERE case_id = x'0c'")).toContain('print_job_case (case_id=?)');
  expect(plan(db, "SELECT record FROM print_job WHERE blank = 'x' OR certificate = 'y'")).toMatch(
    /print_job_blank \(blank=\?\)[\s\S]*print_job_certificate \(certificate=\?\)/,
  );
  expect(
    plan(db, "SELECT record FROM print_job WHERE state IN ('PREPARED', 'SENDING', 'SENT', 'UNKNOWN') ORDER BY id"),
  ).toContain('print_job_open');
  expect(plan(db, "SELECT job FROM fed_sheet WHERE blank = 'x'")).toContain('PRIMARY KEY (blank=?)');
});

test('0150 keeps the rows before it, and finds what may stop the clock of a case', () => {
  const db = new Database(':memory:');
  migrate(db, 110);
  db.exec("INSERT INTO case_slip VALUES (x'01', x'02', 'acceptance', 1, 't', '1001', 'device')");
  migrate(db, 150);
  expect(db.prepare('SELECT count(*) AS n FROM case_slip').get()).toEqual({ n: 1 });
  const caseId = '0198a000-0000-7000-8000-0000000000c1';
  const other = '0198a000-0000-7000-8000-0000000000c2';
  const outages = new Outages(db);
  const write = (id: number, about: string | undefined, to: string | null) =>
    outages.write({
      id: `0198a000-0000-7000-8000-00000000000${id}`,
      version: 1,
      ...(about !== undefined && { caseId: about }),
      from: '2026-11-23T01:00:00.000Z',
      to,
      reason: '停电',
      proof: '1',
      by: '9001',
      at: '2026-11-23T03:00:00.000Z',
      endedBy: null,
    });
  write(1, undefined, '2026-11-23T02:00:00.000Z');
  write(2, undefined, null);
  write(3, caseId, '2026-11-23T04:00:00.000Z');
  write(4, other, null);
  const touching = (acceptedAt: string) =>
    outages.touching(uuidToBlob(caseId), acceptedAt).map(({ id }) => Number(id.slice(-1)));
  expect(touching('2026-11-23T01:30:00.000Z')).toEqual([1, 2, 3]);
  expect(touching('2026-11-23T02:00:00.000Z')).toEqual([2, 3]);
  expect(outages.list(10).map(({ id }) => Number(id.slice(-1)))).toEqual([4, 3, 2, 1]);
});

test('0160 keeps calibrations and versions of forms, found by index', () => {
  const db = new Database(':memory:');
  migrate(db, 150);
  db.exec("INSERT INTO draft VALUES ('acceptance', '{}', 't')");
  migrate(db, 160);
  expect(db.prepare('SELECT count(*) AS n FROM draft').get()).toEqual({ n: 1 });
  const newest =
    "SELECT * FROM calibration WHERE printer = 'p' AND form = 'f' AND path = 'front' ORDER BY ord DESC LIMIT 1";
  expect(plan(db, newest)).toContain('calibration_newest (printer=? AND form=? AND path=?)');
  expect(plan(db, newest)).not.toContain('TEMP B-TREE');
  expect(plan(db, "SELECT max(version) FROM print_form WHERE form = 'f'")).toContain('(form=?)');
  const row = (how: string) =>
    `INSERT INTO calibration VALUES (NULL, x'01', 'p', 'f', 'front', 0, 0, 1, 1, '${how}', NULL, 't', 'a')`;
  expect(() => db.exec(row('guessed'))).toThrow('CHECK');
  db.exec(row('measured'));
  expect(() => db.exec("INSERT INTO print_form VALUES (NULL, 'f', 0, '{}', 't', 'a')")).toThrow('CHECK');
});

test('0210 keeps what was set aside, and finds held ops by number and by stream', () => {
  const db = new Database(':memory:');
  migrate(db, 160);
  db.exec("INSERT INTO op_result VALUES (1, 2, x'03', 'rejected', 'stale-version', 't')");
  migrate(db, 210);
  db.exec("INSERT INTO op_result VALUES (1, 3, x'03', 'held', 'held', 't')");
  expect(db.prepare('SELECT seq, outcome, code FROM op_result ORDER BY seq').all()).toEqual([
    { seq: 2, outcome: 'rejected', code: 'stale-version' },
    { seq: 3, outcome: 'held', code: 'held' },
  ]);
  expect(plan(db, "SELECT epoch, min(seq) FROM op_result WHERE outcome = 'held' GROUP BY epoch")).toContain(
    'op_result_held',
  );
  expect(plan(db, "SELECT 1 FROM op_result WHERE stream_id = x'03' AND outcome = 'held'")).toContain(
    'op_result_stream (stream_id=? AND outcome=?)',
  );
});

test('0320 lets every scope be read anew, with digests', () => {
  const db = new Database(':memory:');
  migrate(db, 310);
  db.prepare("INSERT INTO pull_cursor (scope, pos) VALUES ('hall:main', 7)").run();
  migrate(db, 320);
  expect(db.prepare('SELECT count(*) AS n FROM pull_cursor').get()).toEqual({ n: 0 });
  expect(() => db.prepare("INSERT INTO pull_cursor VALUES ('hall:main', 1, 'short')").run()).toThrow(/CHECK/);
  expect(plan(db, "SELECT pos, digest FROM pull_cursor WHERE scope = 'x'")).toContain('PRIMARY KEY (scope=?)');
});

test('0350 finds what was set aside on a stream without reading the log', () => {
  const db = new Database(':memory:');
  migrate(db);
  expect(
    plan(db, "SELECT 1 FROM op WHERE stream_kind = 'case' AND stream_id = x'' AND device = x'' AND applied = 0"),
  ).toContain('INDEX op_set_aside (stream_id=?)');
});

test('0360 keeps alarms beside the rows before it, each once, known only with who and when', () => {
  const db = new Database(':memory:');
  migrate(db, 340);
  db.exec("INSERT INTO draft VALUES ('acceptance', '{}', 't')");
  migrate(db, 360);
  expect(db.prepare('SELECT count(*) AS n FROM draft').get()).toEqual({ n: 1 });
  const add = (by: string) => db.exec(`INSERT INTO raised_alarm VALUES ('backup-failed', 't', '{}', ${by}, NULL)`);
  expect(() => add("'9001'")).toThrow('CHECK');
  add('NULL');
  expect(() => add('NULL')).toThrow('UNIQUE');
});

test('0370 finds the ops of newer programs at each start without reading the log', () => {
  const db = new Database(':memory:');
  migrate(db);
  expect(plan(db, UNREAD_OPS)).toMatch(/^SCAN unread_op\nSEARCH op USING INTEGER PRIMARY KEY/);
});

test('0400 begins without doubts, and finds what is doubted without reading the log', () => {
  const db = new Database(':memory:');
  migrate(db, 390);
  db.exec('INSERT INTO lone_op (ord, yields, refused) VALUES (7, 1, 1)');
  migrate(db, 400);
  expect(db.prepare('SELECT ord, yields, refused FROM lone_op').all()).toEqual([{ ord: 7, yields: 1, refused: 1 }]);
  expect(db.prepare('SELECT count(*) AS n FROM doubted_op').get()).toEqual({ n: 0 });
  expect(plan(db, NEXT_DOUBTED.replace('?', '10'))).toMatch(/^SCAN doubted_op\nSEARCH op USING INTEGER PRIMARY KEY/);
});
