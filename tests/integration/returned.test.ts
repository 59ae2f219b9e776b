import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { v7 } from 'uuid';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Centre } from '../../centre/options.ts';
import { startCentre } from '../../centre/start.ts';
import { verifyDatabase } from '../../db/verify.ts';
import { type EscposSimulator, startEscposSimulator } from '../../native/simulator/escpos/simulator.ts';
import { findStablePort } from '../../tools/demo/stablePort.ts';
import { acceptanceDraft } from '../fixtures/acceptance.ts';
import { codeOf } from '../fixtures/codeOf.ts';
import { startTestService } from '../fixtures/service.ts';

/** Two windows and a real centre that goes away: one of them goes on with a case that the other has changed meanwhile. */

const WAIT = { timeout: 45_000 };
const dir = mkdtempSync(path.join(os.tmpdir(), 'yichuang-returned-'));
let port = 0;
let centre: Centre;
let printer: EscposSimulator;
const open = async () => {
  centre = await startCentre({ dataDir: dir, port });
};
const terminals: ReturnType<typeof startTestService>[] = [];

beforeAll(async () => {
  printer = await startEscposSimulator({ port: 'tcp://127.0.0.1:0' });
  port = await findStablePort();
  await open();
  for (const [number, name, roles] of [
    ['1001', '王敏', ['WIN']],
    ['1002', '李强', ['WIN', 'SUP']],
    ['2003', '孙静', ['FEE']],
  ] as const)
    await centre.upsertStaff({ number, name, roles: [...roles], password: `Yichuang-${number}` });
});
afterEach(async () => {
  await Promise.all(terminals.splice(0).map((each) => each.dispose()));
});
afterAll(async () => {
  await centre.close();
  await printer.close();
  rmSync(dir, { recursive: true, force: true });
});

async function openWindow(id: string, number: string) {
  const enrolmentCode = await centre.createEnrolmentCode({ terminal: id });
  const terminal = startTestService({
    staff: [],
    config: {
      terminal: { id, hall: 'main' },
      hub: { url: centre.url, enrolmentCode },
      ...(id === 'W07' && { devices: { ticketPrinter: { driver: 'escpos', port: printer.port } } }),
    },
  });
  terminals.push(terminal);
  await expect.poll(async () => (await terminal.call('session.hello', {})).hasStaff, WAIT).toBe(true);
  await terminal.call('session.login', { number, password: `Yichuang-${number}` });
  return terminal;
}

type Terminal = Awaited<ReturnType<typeof openWindow>>;

const caseOf = async (terminal: Terminal, id: string) => (await terminal.call('case.get', { id })).record;
const stateAt = async (terminal: Terminal, id: string) => (await caseOf(terminal, id)).state;
const link = async (terminal: Terminal) => (await terminal.call('sync.status', {})).link;

async function withdraw(terminal: Terminal, caseId: string) {
  const record = await caseOf(terminal, caseId);
  const signed = record.acceptance.parties.map(({ name }) => name);
  const advance = { transition: 'T40', data: { reason: '双方协商撤回', signed } } as const;
  return terminal.call('case.act', { commandId: v7(), caseId, baseVersion: record.version, advance });
}

/** W07 withdraws without the centre; the centre has gone on with the same case when W07 comes back. */
async function contradict() {
  const [own, other] = [await openWindow('W07', '1001'), await openWindow('W08', '1002')];
  const { id } = await own.call('case.accept', { commandId: v7(), draft: acceptanceDraft() });
  for (const each of [own, other]) await expect.poll(async () => stateAt(each, id), WAIT).toBe('PARALLEL');
  await expect.poll(async () => (await own.call('devices.status', {}))[0]?.health, WAIT).toBe('online');
  await own.call('slips.print', { caseId: id, slip: 'withdrawal' });
  await expect.poll(async () => (await own.call('sync.status', {})).waitingOps, WAIT).toBe(0);

  await centre.close();
  await expect.poll(() => link(own), WAIT).toBe('offline');
  await withdraw(own, id);
  expect(await stateAt(own, id)).toBe('WITHDRAWN');
  await own.switchedOff(async () => {
    await open();
    await expect.poll(() => link(other), WAIT).toBe('connected');
    await other.call('session.login', { number: '2003', password: 'Yichuang-2003' }, 'fee', 'backoffice');
    const { version: baseVersion } = await caseOf(other, id);
    const change = { lane: 'FEE', event: 'claim' } as const;
    await other.call('lane.act', { commandId: v7(), caseId: id, baseVersion, change }, 'fee', 'backoffice');
  });
  await expect.poll(async () => (await own.call('sync.status', {})).rejected, WAIT).toBe(1);
  await expect.poll(async () => stateAt(own, id), WAIT).toBe('PARALLEL');
  return { own, other, id };
}

test('what came back stands beside what the centre has, here and at the supervisor’s, and the case is one everywhere', async () => {
  const { own, other, id } = await contradict();
  await expect.poll(async () => (await caseOf(own, id)).lanes.FEE.state, WAIT).toBe('CLAIMED');
  expect(await caseOf(own, id)).toEqual(await caseOf(other, id));
  const [row] = (await own.call('returned.list', {})).open;
  expect(row).toMatchObject({
    ...{ caseId: id, terminal: 'W07', kind: 'case.advanced', code: 'stale-version', isOwn: true, settled: null },
    ours: { step: 'T40', byName: '王敏', note: '双方协商撤回' },
    centre: { since: [{ step: 'FEE:claim', byName: '孙静', note: null }] },
    decisions: ['done-again', 'centre-stands'],
  });
  const seen = async () => (await other.call('returned.list', {})).open;
  await expect.poll(seen, WAIT).toMatchObject([{ id: row?.id, isOwn: false, decisions: ['centre-stands'] }]);
  const count = {
    window: 'W07',
    form: 'proof',
    day: '2026-11-27',
    counted: 0,
    papersCounted: 0,
    witness: '1002',
    note: '',
  };
  expect(await codeOf(own.call('blanks.count', { commandId: v7(), ...count } as never))).toBe('returns-open');
});

test('taken again on what the centre has, the step counts, and what came back is settled for all', async () => {
  const { own, other, id } = await contradict();
  const [row] = (await own.call('returned.list', {})).open.filter(({ caseId }) => caseId === id);
  const settle = { commandId: v7(), id: row?.id ?? '', decision: 'done-again', note: '申请人已到场再次确认' } as const;
  await expect.poll(async () => (await caseOf(own, id)).lanes.FEE.state, WAIT).toBe('CLAIMED');
  await own.call('returned.settle', settle);
  await expect.poll(async () => stateAt(other, id), WAIT).toBe('WITHDRAWN');
  expect(await codeOf(own.call('returned.settle', settle))).toBe('ok');
  expect(await codeOf(own.call('returned.settle', { ...settle, decision: 'centre-stands' }))).toBe('return-settled');
  await expect
    .poll(async () => (await other.call('returned.list', {})).settled.find((each) => each.caseId === id), WAIT)
    .toMatchObject({ settled: { decision: 'done-again', note: '申请人已到场再次确认', byName: '王敏' } });
  await expect.poll(async () => (await own.call('sync.status', {})).rejected, WAIT).toBe(0);
});

test('a supervisor lets the centre stand; the window that made it hears of it, and its case is no longer marked', async () => {
  const { own, other, id } = await contradict();
  const find = async () => (await other.call('returned.list', {})).open.find(({ caseId }) => caseId === id);
  await expect.poll(find, WAIT).toBeDefined();
  const row = await find();
  const settle = { commandId: v7(), id: row?.id ?? '', decision: 'centre-stands', note: '申请人改为不撤回' } as const;
  await other.call('session.login', { number: '2003', password: 'Yichuang-2003' }, 'fee', 'backoffice');
  expect(await codeOf(other.call('returned.settle', settle, 'fee', 'backoffice'))).toBe('forbidden');
  await other.call('returned.settle', settle);
  const status = async () => {
    const { rejected } = await own.call('sync.status', {});
    const row = (await own.call('case.mine', {})).rows.find((each) => each.id === id);
    return { rejected, place: row?.place, state: row?.stateCode };
  };
  await expect.poll(status, WAIT).toEqual({ rejected: 0, place: 'centre', state: 'PARALLEL' });
});

test('after all of it every machine’s data verify', async () => {
  const { own, other } = await contradict();
  for (const each of [own, other]) expect(await each.withFile((db) => verifyDatabase(db))).toEqual([]);
});

test('while the centre is away only the window of the case goes on with it; a supervisor moves it, and the window before is late', async () => {
  const [own, other] = [await openWindow('W07', '1001'), await openWindow('W08', '1002')];
  const { id } = await own.call('case.accept', { commandId: v7(), draft: acceptanceDraft() });
  for (const each of [own, other]) await expect.poll(async () => stateAt(each, id), WAIT).toBe('PARALLEL');
  await expect.poll(async () => (await own.call('devices.status', {}))[0]?.health, WAIT).toBe('online');
  await own.call('slips.print', { caseId: id, slip: 'withdrawal' });
  await expect.poll(async () => (await caseOf(other, id)).slips.length, WAIT).toBe(1);
  await expect.poll(async () => (await own.call('sync.status', {})).waitingOps, WAIT).toBe(0);

  await centre.close();
  for (const each of [own, other]) await expect.poll(() => link(each), WAIT).toBe('offline');
  expect(await codeOf(withdraw(other, id))).toBe('not-owner');
  await withdraw(own, id);
  await own.switchedOff(async () => {
    await open();
    await expect.poll(() => link(other), WAIT).toBe('connected');
    const { version: baseVersion } = await caseOf(other, id);
    const take = { window: 'W08', reason: '原窗口停用' };
    const command = { commandId: v7(), caseId: id, baseVersion, take };
    expect(await codeOf(other.call('case.takeOver', command))).toBe('ok');
    expect(await codeOf(other.call('case.takeOver', { ...command, commandId: v7() }))).toBe('stale-version');
  });
  await expect
    .poll(async () => (await own.call('returned.list', {})).open.some(({ caseId }) => caseId === id), WAIT)
    .toBe(true);
  await expect.poll(async () => (await caseOf(own, id)).owner, WAIT).toEqual({ window: 'W08', fence: 2 });
  expect(await stateAt(own, id)).toBe('PARALLEL');

  await centre.close();
  for (const each of [own, other]) await expect.poll(() => link(each), WAIT).toBe('offline');
  expect(await codeOf(withdraw(own, id))).toBe('not-owner');
  await withdraw(other, id);
  await open();
  await expect.poll(async () => stateAt(own, id), WAIT).toBe('WITHDRAWN');
});
