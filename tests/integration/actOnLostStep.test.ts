import { cpSync, renameSync, rmSync } from 'node:fs';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { upsertStaffOffline } from '../../centre/command.ts';
import { type OfficeAdvance, type OfficeChange, officeAdvance } from '../../contract/office.ts';
import { verifyDatabase } from '../../db/verify.ts';
import { type HallTerminal, openRelayHall } from '../fixtures/relayHall.ts';
import { startTestService } from '../fixtures/service.ts';

/** What people do with a case of which the centre lost a step when older data were put back: real processes, a real window. */

const WAIT = { timeout: 45_000 };
const [OFFICE, SUPERVISOR] = [
  { number: '2001', name: '赵明', roles: ['REV1' as const], password: 'Yichuang-2001' },
  { number: '3001', name: '李强', roles: ['SUP' as const], password: 'Yichuang-3001' },
];
/** Who sits where, by the role of the page. */
const STAFF = { window: '1001', backoffice: OFFICE.number, supervisor: SUPERVISOR.number } as const;
type Seat = keyof typeof STAFF;
const ASK_FOR_MORE = officeAdvance.parse({
  transition: 'T15',
  data: {
    missing: [{ material: 'M09', text: '抵押合同', why: '缺签字页', arisen: '换了合同' }],
    deadline: '2099-12-07',
  },
});
const RECEIVED = {
  transition: 'T16',
  data: { received: [{ code: 'M09', form: 'original', copies: 1, pages: 2 }] },
} as const satisfies OfficeAdvance;
const WITHDRAW: OfficeAdvance = { transition: 'T40', data: { reason: '申请人撤回', signed: ['张三'] } };

let hall: Awaited<ReturnType<typeof openRelayHall>>;
/** W07, where the case was accepted. */
let author: HallTerminal;
/** W08, with a clerk, the back office and a supervisor. */
let window: ReturnType<typeof startTestService> | null = null;
let caseId: string;

beforeEach(async () => {
  hall = await openRelayHall();
  for (const member of [OFFICE, SUPERVISOR]) await upsertStaffOffline(hall.centre.dir, member);
}, 60_000);
afterEach(async () => {
  await window?.dispose();
  window = null;
  await hall.dispose();
}, 60_000);

/** A case that waits for papers, known to both windows. @param url of whom the windows ask */
async function open(url: string): Promise<void> {
  author = hall.open('W07');
  author.connect(url, await hall.codeFor('W07'));
  const hub = { url, enrolmentCode: await hall.codeFor('W08') };
  window = startTestService({ config: { terminal: { id: 'W08', hall: 'main' }, hub } });
  caseId = author.accept(1).op.stream.slice('case:'.length);
  await expect.poll(async () => (await page().call('sync.status', {})).link, WAIT).toBe('connected');
  for (const [seat, number] of Object.entries(STAFF) as [Seat, string][])
    await page().call('session.login', { number, password: `Yichuang-${number}` }, seat, seat);
  await expect.poll(record, WAIT).toMatchObject({ version: 2 });
  expect(await act(ASK_FOR_MORE, 2, 'backoffice')).toBe('SUPPLEMENT');
}

const page = () => window ?? expect.fail('no window');
const record = async () =>
  (
    await page()
      .call('case.get', { id: caseId }, 'window', 'window')
      .catch(() => null)
  )?.record;
const answer = (asked: Promise<{ record: { state: string } }>) =>
  asked.then(
    ({ record: { state } }) => state,
    ({ code }) => String(code),
  );
const act = (advance: OfficeAdvance, baseVersion: number, seat: Seat = 'window') =>
  answer(page().call('case.act', { commandId: v7(), caseId, baseVersion, advance }, seat, seat));
const claim = (baseVersion: number) => {
  const asked = { commandId: v7(), caseId, baseVersion, change: { lane: 'REV1' as const, event: 'claim' as const } };
  return answer(page().call('lane.act', asked, 'backoffice', 'backoffice'));
};
const takeOver = (baseVersion: number) => {
  const take = { window: 'W08', reason: '中心换回过旧数据' };
  const asked = { commandId: v7(), caseId, baseVersion, take };
  return answer(page().call('case.takeOver', asked, 'supervisor', 'supervisor'));
};
const kindsAtCentre = () =>
  hall.centre
    .ops()
    .filter(({ kind, outcome }) => kind.startsWith('case.') && outcome === 'applied')
    .map(({ kind }) => kind);

/** @returns puts back what the centre has now */
async function keepCentre(): Promise<() => Promise<void>> {
  const copy = `${hall.centre.dir}-copy`;
  await hall.centre.stop();
  cpSync(hall.centre.dir, copy, { recursive: true });
  await hall.centre.start();
  return async () => {
    await hall.centre.stop();
    rmSync(hall.centre.dir, { recursive: true });
    renameSync(copy, hall.centre.dir);
    await hall.centre.start();
  };
}

async function expectSound(): Promise<void> {
  await window?.withFile((db) => expect(verifyDatabase(db)).toEqual([]));
  // That it once promised more stands there until somebody says that it is settled.
  const atCentre = hall.centre.findings().filter(({ code }) => code !== 'cut-below-receipt');
  expect([author.findings(), atCentre]).toEqual([[], []]);
}

describe('a step that the window which took it can send again', () => {
  let putBack: () => Promise<void>;
  beforeEach(async () => {
    await open(hall.centre.url);
    await expect.poll(() => author.store.cases.find(caseId)?.record.version, WAIT).toBe(3);
    putBack = await keepCentre();
    author.append('case.advanced', `case:${caseId}`, RECEIVED, '1001');
    await expect.poll(record, WAIT).toMatchObject({ version: 4, state: 'PARALLEL' });
    await author.disconnect();
    await putBack();
  }, 120_000);

  test('is named to whoever acts on it, nothing is decided, and once it was sent again the act goes through', {
    timeout: 90_000,
  }, async () => {
    for (const press of [act(WITHDRAW, 4), claim(4)]) expect(await press).toBe('ahead-of-centre');
    expect(await record()).toMatchObject({ version: 4, state: 'PARALLEL' });
    expect(kindsAtCentre()).toEqual(['case.accepted', 'case.advanced', 'case.advanced']);

    author.connect(hall.centre.url);
    await expect.poll(() => author.counts.waitingOps, WAIT).toBe(0);
    await expect.poll(() => claim(4), WAIT).toBe('PARALLEL');
    expect(await act(WITHDRAW, 5)).toBe('WITHDRAWN');
    await expectSound();
  });

  test('is taken from where the centre has it by a supervisor, and comes back to that window', {
    timeout: 90_000,
  }, async () => {
    expect(await takeOver(4)).toBe('SUPPLEMENT');
    expect(await record()).toMatchObject({ version: 4, owner: { window: 'W08' } });
    expect(await act(WITHDRAW, 4)).toBe('WITHDRAWN');

    author.connect(hall.centre.url);
    await expect.poll(() => author.store.cases.find(caseId)?.record.state, WAIT).toBe('WITHDRAWN');
    expect(author.counts.rejected).toBe(1);
    await expectSound();
  });
});

test('behind a hub a step that only the centre had made is named, and the case goes on where the centre has it at every window', {
  timeout: 120_000,
}, async () => {
  await hall.startHub();
  await open(hall.hub.url);
  const putBack = await keepCentre();
  await expect.poll(() => act(RECEIVED, 3), WAIT).toBe('PARALLEL');
  await expect.poll(() => author.store.cases.find(caseId)?.record.version, WAIT).toBe(4);
  await putBack();
  const loneAlarm = async () => (await page().call('health.state', {})).alarms.some(({ code }) => code === 'rows-lone');

  // Until the hub has its line again the window may say that it is away.
  await expect.poll(() => claim(4), WAIT).toBe('ahead-of-centre');
  await expect.poll(loneAlarm, WAIT).toBe(true);
  expect(await takeOver(4)).toBe('SUPPLEMENT');
  expect(await act(RECEIVED, 4)).toBe('PARALLEL');
  expect(await claim(5)).toBe('PARALLEL');
  await expect
    .poll(() => author.store.cases.find(caseId)?.record, WAIT)
    .toMatchObject({ version: 6, owner: { window: 'W08' }, lanes: { REV1: { by: '2001' } } });
  await expectSound();
  const atHub = hall.hub.ops().filter(({ kind }) => kind.startsWith('case.'));
  expect(atHub.map(({ outcome }) => outcome)).toEqual([
    ...Array(3).fill('applied'),
    'rejected',
    ...Array(3).fill('applied'),
  ]);
  expect(hall.hub.findings()).toEqual([]);
});

test('behind a hub a step that the centre refused when it was sent again comes back to the window which took it', {
  timeout: 120_000,
}, async () => {
  await hall.startHub();
  author = await hall.join('W07');
  const [reader, elsewhere] = [await hall.join('W08'), hall.open('W09')];
  elsewhere.connect(hall.centre.url, await hall.codeFor('W09'));
  const id = author.accept(1).op.stream.slice('case:'.length);
  const at = (...where: HallTerminal[]) => where.map(({ store }) => store.cases.find(id)?.record.version);
  await expect.poll(() => at(author, reader, elsewhere), WAIT).toEqual([2, 2, 2]);
  const ask = (actor: string, baseVersion: number, change: OfficeChange) =>
    elsewhere.act({ commandId: v7(), actor, caseId: id, baseVersion, change });
  await ask(OFFICE.number, 2, { kind: 'advance', advance: ASK_FOR_MORE });
  await expect.poll(() => at(author), WAIT).toEqual([3]);
  const putBack = await keepCentre();
  author.append('case.advanced', `case:${id}`, RECEIVED, '1001');
  await expect.poll(() => [author.counts.heldOps, ...at(reader)], WAIT).toEqual([0, 4]);

  await hall.hub.stop();
  await putBack();
  const take = { window: 'W09', reason: '中心换回过旧数据' };
  await vi.waitFor(() => ask(SUPERVISOR.number, 3, { kind: 'take', take }), WAIT);
  await hall.hub.start();
  const stands = { version: 4, state: 'SUPPLEMENT', owner: { window: 'W09' } };
  for (const { store } of [author, reader, elsewhere])
    await expect.poll(() => store.cases.find(id)?.record, WAIT).toMatchObject(stands);
  expect(author.counts.rejected).toBe(1);
  for (const each of [author, reader, elsewhere, hall.hub]) expect(each.findings()).toEqual([]);
});
