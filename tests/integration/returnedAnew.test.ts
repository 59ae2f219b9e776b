import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyDatabase } from '../../db/verify.ts';
import { acceptanceDraft } from '../fixtures/acceptance.ts';
import { attach, hashOf, jpegWith } from '../fixtures/attachments.ts';
import { startTestCentre } from '../fixtures/centre.ts';
import { findingsIn } from '../fixtures/centreDatabase.ts';
import { startTestService } from '../fixtures/service.ts';
import { startTcpProxy, type TcpProxy } from '../fixtures/tcpProxy.ts';

/** A window that gives a number which somebody else has given meanwhile, as a copied machine would; and a real centre. */

const WAIT = { timeout: 45_000 };
let office: Awaited<ReturnType<typeof startTestCentre>>;
let line: TcpProxy;
let own: ReturnType<typeof startTestService>;
beforeEach(async () => {
  office = await startTestCentre();
  await office.centre.upsertStaff({ number: '1001', name: '王敏', roles: ['WIN'], password: 'Yichuang-1001' });
  line = await startTcpProxy(office.centre.port);
  const enrolmentCode = await office.centre.createEnrolmentCode({ terminal: 'W07' });
  own = startTestService({ config: { hub: { url: `http://127.0.0.1:${line.port}`, enrolmentCode } } });
  await connected();
  await own.login();
});
afterEach(async () => {
  await own.dispose();
  await line.close();
  await office.dispose();
});

const openRows = async () => (await own.call('returned.list', {})).open;
const connected = () => expect.poll(async () => (await own.call('sync.status', {})).link, WAIT).toBe('connected');

async function acceptTwice(pages: readonly Buffer[] = []) {
  line.cut();
  await expect.poll(async () => (await own.call('sync.status', {})).link, WAIT).toBe('offline');
  const { id, acceptance } = await own.call('case.accept', { commandId: v7(), draft: acceptanceDraft() });
  for (const content of pages) await attach(own, content, { caseId: id });
  const twin = await office.enrol({ name: 'twin', terminal: '07' });
  twin.maker.acceptCase({ number: acceptance.number, window: 'W07' });
  const [first] = (await own.call('scans.list', { caseId: id })).pages;
  // A page that another machine added, whose image never came.
  if (first) {
    const blob = { ...first.blob, sha256: hashOf(Buffer.from('lost')) };
    twin.maker.makeAny('scan.attached', `scan:${v7()}`, { caseId: id, material: 'M04', page: 3, blob, source: 'file' });
  }
  expect((await twin.push()).results).toMatchObject(twin.maker.ops.map(() => ({ outcome: 'applied' })));
  line.mend();
  await expect.poll(openRows, WAIT).toHaveLength(1);
  const [row] = await openRows();
  return { id, acceptance, row };
}

test('an acceptance that came back is accepted anew under another number, with the decision, or neither is', async () => {
  const images = [jpegWith('one'), jpegWith('two')];
  const { id, acceptance, row } = await acceptTwice(images);
  expect(row).toMatchObject({
    ...{ kind: 'case.accepted', code: 'duplicate-case-number', caseNumber: acceptance.number },
    decisions: ['done-again', 'centre-stands'],
  });
  const settle = { id: row?.id ?? '', decision: 'done-again', note: '已电话告知申请人换回执' } as const;

  // The power goes between the two: the case is written, the decision is not.
  await own.tamper(`CREATE TRIGGER power BEFORE INSERT ON op WHEN new.kind = 'return.settled'
    BEGIN SELECT raise(ABORT, 'power'); END`);
  await connected();
  await own.login();
  const commandId = v7();
  await expect(own.call('returned.settle', { commandId, ...settle })).rejects.toMatchObject({ code: 'store-failed' });
  await own.tamper('DROP TRIGGER power');
  await own.login();
  await expect(own.call('case.get', { id: commandId })).rejects.toMatchObject({ code: 'case-not-found' });
  expect(await openRows()).toHaveLength(1);

  await connected();
  const { accepted } = await own.call('returned.settle', { commandId, ...settle });
  expect(accepted).toEqual({ caseId: commandId, number: `${acceptance.number.slice(0, -1)}2`, pagesLeft: 1 });
  expect(await own.call('returned.settle', { commandId, ...settle })).toEqual({ accepted });
  expect(await openRows()).toEqual([]);
  const anew = (await own.call('case.get', { id: commandId })).record;
  const pagesOf = async (caseId: string) =>
    (await own.call('scans.list', { caseId })).pages.map(({ material, page, blob }) => [material, page, blob.sha256]);
  expect(await pagesOf(commandId)).toEqual((await pagesOf(id)).slice(0, 2));
  expect((await pagesOf(commandId)).map(([, , sha256]) => sha256)).toEqual(images.map(hashOf));
  const { number: _before, ticket: _ticket, ...content } = acceptance;
  expect(anew.acceptance).toMatchObject(content);
  await expect.poll(() => office.centre.listCases().map(({ number }) => number), WAIT).toContain(accepted?.number);
  await expect.poll(async () => (await own.call('sync.status', {})).waitingOps, WAIT).toBe(0);
  await own.withFile((db) => expect(verifyDatabase(db)).toEqual([]));
  expect(findingsIn(office.dir)).toEqual([]);
});
