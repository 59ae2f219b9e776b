import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Op, OpKind } from '../domain/ledger/op.ts';
import { OpMaker } from '../tests/fixtures/opMaker.ts';
import { openTestStore } from '../tests/fixtures/store.ts';
import { verifyDatabase } from './verify.ts';

/** A window that pulls what a newer program wrote; `update` is its next start, with the program of today. */

let window: ReturnType<typeof openTestStore>;
let other: OpMaker;
let pos: number;
beforeEach(() => {
  window = openTestStore();
  other = new OpMaker({ name: 'newer', terminal: '08' });
  pos = 0;
});
afterEach(() => window.dispose());

/** @param unknown kinds that the window of before did not know */
function pull(ops: readonly unknown[], unknown: readonly string[] = []): string[] {
  const rows = (ops as Op[]).map((op) => ({ pos: ++pos, op, understood: !unknown.includes(op.kind) }));
  return window.store.delivery.takePage('hall:main', rows);
}
const update = () => window.reopen();
const read = (sql: string) => window.store.db.prepare(sql).pluck().all();
const setAside = () => read('SELECT seq FROM op WHERE applied = 0 ORDER BY ord');
const caseOf = (stream: string) => window.store.cases.find(stream.slice('case:'.length))?.record;

function steps(name: string) {
  const taken = other.acceptCase({ number: `202611230800${name}` });
  const moved = other.make('case.taken', taken.stream, { window: 'W09', reason: '经办人离岗' });
  const withdrawn = other.withdraw(taken.stream);
  return { stream: taken.stream, ops: [taken, moved, withdrawn] };
}

test('after its update a window applies what it could not read, and what waited behind it, without reading anything anew', () => {
  const [first, second] = [steps('01'), steps('02')];
  pull([...first.ops, ...second.ops], ['case.taken']);
  expect(setAside()).toEqual([2, 3, 5, 6]);
  expect(caseOf(first.stream)).toMatchObject({ version: 1, state: 'ACCEPTED' });
  const cursor = window.store.delivery.position('hall:main');

  update();
  expect(setAside()).toEqual([]);
  for (const { stream } of [first, second])
    expect(caseOf(stream)).toMatchObject({ version: 3, state: 'WITHDRAWN', owner: { window: 'W09' } });
  expect(window.store.delivery.position('hall:main')).toEqual(cursor);
  expect(verifyDatabase(window.store.db)).toEqual([]);
});

test('a case whose acceptance could not be read is found like any other afterwards', () => {
  const { stream, ops } = steps('01');
  pull(ops, ['case.accepted']);
  expect(caseOf(stream)).toBeUndefined();
  update();
  expect(caseOf(stream)).toMatchObject({ version: 3 });
  expect(window.store.cases.search('220402199003071231', 10).total).toBe(1);
  expect(verifyDatabase(window.store.db)).toEqual([]);
});

test('a case that came to count after later ones is no contradiction between the log and the tables', () => {
  const [first, second] = [steps('01'), steps('02')];
  pull([first.ops[0]], ['case.accepted']);
  pull([second.ops[0]]);
  update();
  expect(window.store.cases.search('220402199003071231', 10).total).toBe(2);
  expect(verifyDatabase(window.store.db)).toEqual([]);
  window.store.db.exec("DELETE FROM case_key; DELETE FROM case_file WHERE number LIKE '%01'");
  expect(verifyDatabase(window.store.db)).toContainEqual(expect.objectContaining({ code: 'projection-differs' }));
});

test('a case whose number another has here meanwhile stays set aside, and the program starts', () => {
  const [first, second] = [steps('01'), steps('01')];
  pull([first.ops[0]], ['case.accepted']);
  pull([second.ops[0]]);
  update();
  expect(caseOf(first.stream)).toBeUndefined();
  expect(caseOf(second.stream)).toMatchObject({ version: 1 });
  expect(setAside()).toEqual([1]);
  expect(verifyDatabase(window.store.db)).toEqual([]);
});

test('what is still not understood stays with all behind it, and is read by a later program', () => {
  const { stream, ops } = steps('01');
  const other2 = steps('02');
  const mood = other.makeAny('note.added', `note:${v7()}`, { caseId: v7(), kind: 'remark', text: 'x', mood: 'calm' });
  pull([...ops, ...other2.ops, mood], ['case.taken', 'note.added']);
  // As if the program of today did not know it either.
  window.store.db.exec("UPDATE op SET kind = 'case.dreamt' WHERE seq = 2");
  update();
  expect(caseOf(stream)).toMatchObject({ version: 1 });
  expect(caseOf(other2.stream)).toMatchObject({ version: 3 });
  expect(setAside()).toEqual([2, 3, 7]);
  window.store.db.exec("UPDATE op SET kind = 'case.taken' WHERE seq = 2");
  update();
  expect(caseOf(stream)).toMatchObject({ version: 3 });
  expect(setAside()).toEqual([7]);
});

test('an op with fields nobody knows here never counts, also when its stream is built anew', () => {
  const { stream, ops } = steps('01');
  const [accepted] = ops;
  const id = stream.slice('case:'.length);
  pull([accepted]);
  const { op } = window.store.ledger.append({
    kind: 'case.taken',
    stream,
    actor: '1001',
    body: { window: 'W07', reason: '本窗口接管' },
  });
  const newer = new OpMaker({ name: 'newest', terminal: '09' });
  const strange = newer.makeAny(
    'case.taken',
    stream,
    { window: 'W09', reason: '换人', mood: 'calm' },
    { baseVersion: 1 },
  );
  pull([strange], ['case.taken']);
  // Refused, since at the centre the other one came first.
  window.store.delivery.recordPush(
    { acked: op.seq, head: op.hash },
    [{ seq: op.seq, outcome: 'rejected', code: 'stale-version' }],
    '2026-11-27T02:00:00.000Z',
  );
  expect(window.store.cases.find(id)?.record).toMatchObject({ version: 1 });
  update();
  expect(window.store.cases.find(id)?.record).toMatchObject({ version: 1 });
  expect(verifyDatabase(window.store.db)).toEqual([]);
});

test('a file of the program before is gone over as a whole, once', () => {
  const { stream, ops } = steps('01');
  pull(ops, ['case.taken']);
  window.store.db.exec(
    'DROP TABLE unread_op; DROP TABLE reread; DROP TABLE reread_met; DROP TABLE lone_op; DROP TABLE doubted_op; PRAGMA user_version = 360',
  );
  update();
  expect(caseOf(stream)).toMatchObject({ version: 3 });
  expect(read('SELECT ord FROM unread_op')).toEqual([]);
});

test('a power cut in the middle loses neither the mark nor the op', () => {
  const [first, second] = [steps('01'), steps('02')];
  pull([...first.ops, ...second.ops], ['case.taken']);
  const { ledger } = window.store;
  let streams = 0;
  const isKnown = (op: Op) => {
    if ((op.kind as OpKind) === 'case.taken') streams += 1;
    return true;
  };
  // Each stream is one transaction: the second one fails as the disk would.
  window.store.db.exec(`
    CREATE TRIGGER full_disk BEFORE UPDATE OF applied ON op WHEN old.seq = 6 BEGIN SELECT raise(ABORT, 'power'); END`);
  expect(() => ledger.judgeAgain(isKnown)).toThrow('power');
  expect(streams).toBe(2);
  expect(caseOf(first.stream)).toMatchObject({ version: 3 });
  expect(caseOf(second.stream)).toMatchObject({ version: 1 });
  window.store.db.exec('DROP TRIGGER full_disk');
  update();
  expect(caseOf(second.stream)).toMatchObject({ version: 3 });
  expect(verifyDatabase(window.store.db)).toEqual([]);
});
