import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type OpEnvelope, parseOp } from '../../contract/ops.ts';
import { pullAnswer, pushAnswer } from '../../contract/sync.ts';
import { sha256Hex } from '../../db/digest.ts';
import { verifyDatabase } from '../../db/verify.ts';
import { findOpDefect, genesisHash, type Op } from '../../domain/ledger/op.ts';
import { call, jsonRequest, startTestCentre } from '../fixtures/centre.ts';
import { findingsIn } from '../fixtures/centreDatabase.ts';
import { openTestStore } from '../fixtures/store.ts';

/**
 * What the first program wrote, as its own code sealed it (domain/ledger/op.ts of d9b2a6db): a slip was a version of its case
 * then, in the stream of the case, and did not name it.
 */
const OPS = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, '../fixtures/oldClients/firstProgram.json'), 'utf8'),
) as OpEnvelope[];
const DEVICE = '0198a000-0000-7000-8000-000000000001';
const CASE = '0198a000-0000-7000-8000-0000000000c1';

let office: Awaited<ReturnType<typeof startTestCentre>>;
let window: ReturnType<typeof openTestStore>;
let token: string;
beforeEach(async () => {
  office = await startTestCentre();
  window = openTestStore();
  await office.centre.upsertStaff({ number: '1001', name: '王敏', roles: ['WIN'], password: 'Yichuang-1001' });
  const code = await office.centre.createEnrolmentCode({ terminal: 'W07' });
  const answer = await call(
    office.centre.url,
    '/sync/v1/enrol',
    jsonRequest({ code, device: DEVICE, terminal: 'W07' }),
  );
  ({ token } = answer.body as { token: string });
});
afterEach(async () => {
  window.dispose();
  await office.dispose();
});

async function push(ops: readonly OpEnvelope[]): Promise<string[]> {
  const body = jsonRequest({ device: DEVICE, epoch: 1, ops }, token);
  const { results } = pushAnswer.parse((await call(office.centre.url, '/sync/v1/push', body)).body);
  return results.map(({ outcome, code }) => (code === null ? outcome : `${outcome}:${code}`));
}

async function pull() {
  const headers = { authorization: `Bearer ${token}` };
  const { body } = await call(office.centre.url, '/sync/v1/pull?scope=hall:main&after=0', { headers });
  return pullAnswer.parse(body).rows;
}

/** As a window of today takes a page. */
const take = (rows: { pos: number; op: OpEnvelope }[]) =>
  window.store.delivery.takePage(
    'hall:main',
    rows.map(({ pos, op }) => ({ pos, op: op as unknown as Op, understood: parseOp(op).ok })),
  );
const slips = () =>
  window.store.cases.find(CASE)?.record.slips.map(({ print, confirmation, by, at }) => [print, confirmation, by, at]);
const PRINTED = [
  [1, 'device', '1001', '2026-11-23T01:00:03.000Z'],
  [2, 'sent', '1001', '2026-11-23T01:00:04.000Z'],
];

test('its chain holds as it was hashed, and every op of it is understood', () => {
  let prev = genesisHash(DEVICE, 1, sha256Hex);
  for (const op of OPS) {
    expect(findOpDefect(op, prev, sha256Hex)).toBeNull();
    expect(parseOp(op)).toEqual({ ok: true, op });
    prev = op.hash;
  }
});

test('the centre applies it in one go, keeps it as it came, and a window has the slips as slips', async () => {
  expect(await push(OPS)).toEqual(OPS.map(() => 'applied'));
  const rows = await pull();
  const ofCase = rows.map(({ op }) => op).filter(({ device }) => device === DEVICE);
  expect(ofCase).toEqual(OPS);
  take(rows);
  expect(slips()).toEqual(PRINTED);
  expect(window.store.db.prepare('SELECT count(*) FROM op WHERE applied = 0').pluck().get()).toBe(0);
  expect(verifyDatabase(window.store.db)).toEqual([]);
  expect(findingsIn(office.dir)).toEqual([]);
});

test('also when the centre has gone on with the case before the slips arrive', async () => {
  await push(OPS.slice(0, 2));
  // The centre has dispatched the case by itself: it is at version 2 already.
  expect((await pull()).map(({ op }) => op.kind)).toContain('case.advanced');
  expect(await push(OPS.slice(2))).toEqual(['applied', 'applied', 'applied']);
  take(await pull());
  expect(slips()).toEqual(PRINTED);
  expect(window.store.db.prepare('SELECT count(*) FROM op WHERE applied = 0').pluck().get()).toBe(0);
  expect(verifyDatabase(window.store.db)).toEqual([]);
  expect(findingsIn(office.dir)).toEqual([]);
});

test('a window that was updated in place counts the slips it had printed', async () => {
  await push(OPS);
  take(await pull());
  window.store.db.exec(
    'DELETE FROM case_slip; DROP TABLE unread_op; DROP TABLE reread; DROP TABLE reread_met; DROP TABLE lone_op; DROP TABLE doubted_op; PRAGMA user_version = 360',
  );
  window.reopen();
  expect(slips()).toEqual(PRINTED);
  expect(verifyDatabase(window.store.db)).toEqual([]);
});

test('a slip of a case nobody has is refused, and one that names its case does not belong in the stream of it', async () => {
  const [session, , slip] = OPS;
  if (!session || !slip) throw new Error('no ops');
  const strange = { ...slip, body: { ...slip.body, caseId: CASE } };
  take([{ pos: 1, op: slip }]);
  expect(window.store.db.prepare('SELECT applied FROM op').pluck().all()).toEqual([0]);
  take([{ pos: 2, op: { ...strange, seq: 9 } }]);
  expect(window.store.db.prepare('SELECT applied FROM op').pluck().all()).toEqual([0, 0]);
});
