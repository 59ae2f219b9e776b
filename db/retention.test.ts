import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Advance } from '../domain/case/advance.ts';
import { acceptance } from '../tests/fixtures/acceptance.ts';
import { caseStream, openTestStore } from '../tests/fixtures/store.ts';
import { verifyDatabase } from './verify.ts';

const DAY = 24 * 60 * 60_000;
const PERIODS = { endedCases: 7, openCases: 30, drafts: 30, appointments: 90, tickets: 90 };

let now = Date.parse('2026-11-23T02:00:00.000Z');
let fixture: ReturnType<typeof openTestStore>;
beforeEach(() => {
  now = Date.parse('2026-11-23T02:00:00.000Z');
  fixture = openTestStore({ now: () => now });
});
afterEach(() => fixture.dispose());

let sequence = 0;
function accept(isEnded: boolean, name = '张三'): string {
  sequence += 1;
  const stream = caseStream();
  const body = acceptance(sequence, {
    number: `2026112307${String(sequence).padStart(4, '0')}`,
    parties: acceptance(1).parties.map((party) => ({ ...party, name })),
    property: {
      ...acceptance(1).property,
      certificate: { number: '吉(2018)辽源市不动产权第0000001号', legacy: false },
    },
  });
  const { ledger } = fixture.store;
  ledger.append({ kind: 'case.accepted', stream, actor: '1001', body });
  const caseId = stream.slice('case:'.length);
  const slip = { caseId, slip: 'acceptance', print: 1, confirmation: 'device' } as const;
  ledger.append({ kind: 'slip.printed', stream: `slip:${v7()}`, actor: '1001', body: slip });
  ledger.append({
    kind: 'note.added',
    stream: `note:${v7()}`,
    actor: '1001',
    body: { caseId, kind: 'remark', text: name },
  });
  if (isEnded) {
    const withdrawn = { transition: 'T40' as const, data: { reason: '撤回', signed: [name] } } satisfies Advance;
    ledger.append({ kind: 'case.advanced', stream, actor: '1001', body: withdrawn });
  }
  return caseId;
}
const head = () => fixture.store.ledger.head().seq;
const run = (acked = head()) => fixture.store.retention.run(PERIODS, acked, now, async () => {});
const found = (id: string) => fixture.store.cases.find(id) !== null;

test('a case stays while a slip or a note of it has not been sent', async () => {
  const id = accept(true);
  accept(true);
  const { seq } = fixture.store.ledger.head();
  now += 40 * DAY;
  const note = { caseId: id, kind: 'remark', text: '来电询问' } as const;
  fixture.store.ledger.append({ kind: 'note.added', stream: `note:${v7()}`, actor: '1001', body: note });
  expect(await run(seq)).toMatchObject({ endedCases: 0 });
  expect(found(id)).toBe(true);
  expect(await run()).toMatchObject({ endedCases: 1 });
  expect(found(id)).toBe(false);
});

test('what has ended goes after seven days, what is under way after thirty, and the rest stays', async () => {
  const ended = accept(true);
  const open = accept(false);
  const newest = accept(true);
  now += 7 * DAY;
  expect(await run()).toMatchObject({ endedCases: 0, openCases: 0 });
  now += 1000;
  expect(await run()).toMatchObject({ endedCases: 1, openCases: 0 });
  expect([ended, open, newest].map(found)).toEqual([false, true, true]);
  now += 24 * DAY;
  expect(await run()).toMatchObject({ endedCases: 0, openCases: 1 });
  expect([ended, open, newest].map(found)).toEqual([false, false, true]);
});

test('nothing of the person is left in the file, and the chain still verifies', async () => {
  const secret = '欧阳独一';
  const id = accept(true, secret);
  accept(true);
  fixture.store.textIndex.catchUp();
  now += 8 * DAY;
  await run();
  const texts = fixture.store.db.prepare("SELECT group_concat(body, '') FROM op").pluck().get() as string;
  expect(texts).not.toContain(secret);
  expect(fixture.store.cases.search(secret, 10)).toEqual({ rows: [], total: 0 });
  expect(fixture.store.cases.search('2204021990', 10).rows).toHaveLength(1);
  expect(
    fixture.store.db
      .prepare('SELECT count(*) FROM case_note WHERE case_id = ?')
      .pluck()
      .get(Buffer.from(id.replaceAll('-', ''), 'hex')),
  ).toBe(0);
  // No key leads to a case that is not there.
  expect(
    fixture.store.db
      .prepare('SELECT count(*) FROM case_key WHERE case_ref NOT IN (SELECT ref FROM case_file)')
      .pluck()
      .get(),
  ).toBe(0);
  expect(verifyDatabase(fixture.store.db)).toEqual([]);
  expect(verifyDatabase(fixture.reopen().db)).toEqual([]);
});

test('an emptied body is no licence: the same of a case that was not removed is found', async () => {
  accept(true);
  accept(true);
  now += 8 * DAY;
  await run();
  const { db } = fixture.store;
  const last = db.prepare("SELECT max(ord) FROM op WHERE kind = 'case.advanced'").pluck().get();
  db.prepare("UPDATE op SET body = '{}' WHERE ord = ?").run(last);
  expect(verifyDatabase(db).map(({ code }) => code)).toContain('body-hash');
});

test('never what the centre does not have', async () => {
  const first = accept(true);
  const ackedSoFar = head();
  const second = accept(true);
  accept(true);
  now += 365 * DAY;
  expect(await run(0)).toMatchObject({ endedCases: 0, openCases: 0 });
  expect(await run(ackedSoFar)).toMatchObject({ endedCases: 1 });
  expect([first, second].map(found)).toEqual([false, true]);
});

test('what comes later of a removed case keeps its place and brings nothing back', async () => {
  const other = openTestStore({ now: () => now });
  const { op: accepted } = other.store.ledger.append({
    kind: 'case.accepted',
    stream: caseStream(),
    actor: '1001',
    body: acceptance(77, { number: '20261123080077' }),
  });
  fixture.store.delivery.takePage('hall:main', [{ pos: 1, op: accepted, understood: true }]);
  accept(false);
  now += 31 * DAY;
  await run();
  const body = { transition: 'T40' as const, data: { reason: '撤回', signed: ['张三'] } } satisfies Advance;
  const { op } = other.store.ledger.append({ kind: 'case.advanced', stream: accepted.stream, actor: '1001', body });
  fixture.store.delivery.takePage('hall:main', [{ pos: 2, op, understood: true }]);
  expect(found(accepted.stream.slice('case:'.length))).toBe(false);
  expect(verifyDatabase(fixture.store.db)).toEqual([]);
  other.dispose();
});

test('new cases are found after all older ones are gone', async () => {
  accept(true);
  accept(true, '李四');
  now += 8 * DAY;
  await run();
  accept(false, '王小五');
  expect(fixture.store.cases.search('小五', 10).total).toBe(1);
  expect(fixture.store.cases.search('', 10).total).toBe(2);
});

test('abandoned drafts go after thirty days', async () => {
  fixture.store.local.saveDraft('acceptance', { a: 1 }, new Date(now).toISOString());
  now += 30 * DAY;
  expect((await run()).drafts).toBe(0);
  now += 1000;
  expect((await run()).drafts).toBe(1);
  expect(fixture.store.local.loadDraft('acceptance')).toBeNull();
});

test('a case whose pages were scanned here stays while its images are nowhere else; pages scanned elsewhere go with it', async () => {
  const own = accept(true);
  const foreign = accept(true);
  accept(false);
  const attach = (caseId: string) =>
    fixture.store.ledger.append({
      kind: 'scan.attached',
      stream: `scan:${v7()}`,
      actor: '1001',
      body: {
        caseId,
        material: 'M04',
        page: 1,
        blob: { media: 'image/jpeg', sha256: 'a'.repeat(64), bytes: 10, width: 2, height: 3 },
        source: 'camera',
      },
    });
  attach(own);
  const { op } = attach(foreign);
  fixture.store.db
    .prepare('UPDATE scan SET own = 0 WHERE id = ?')
    .run(Buffer.from(op.stream.slice('scan:'.length).replaceAll('-', ''), 'hex'));
  now += 60 * DAY;
  await fixture.store.retention.run(PERIODS, Number.MAX_SAFE_INTEGER, now, async () => {});
  expect(fixture.store.cases.find(own)).not.toBeNull();
  expect(fixture.store.cases.find(foreign)).toBeNull();
  expect(fixture.store.scans.of(foreign)).toEqual([]);
  expect(verifyDatabase(fixture.store.db)).toEqual([]);
});
