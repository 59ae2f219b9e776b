import { mkdtempSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Centre } from '../../centre/options.ts';
import { startCentre } from '../../centre/start.ts';
import type { TerminalRole } from '../../contract/config.ts';
import { ERRORS } from '../../contract/errors.ts';
import type { MethodInput, MethodName } from '../../contract/rpc.ts';
import { PROTOCOL_VERSIONS } from '../../contract/sync.ts';
import { RESERVE_FILE } from '../../disk/spaceWatch.ts';
import { CENTRE, machineAlarmOf } from '../../domain/board/alarms.ts';
import { codeOf } from '../fixtures/codeOf.ts';
import { startNewerCentre } from '../fixtures/newerCentre.ts';
import { enrolTerminal } from '../fixtures/queueDesk.ts';
import { startTestService } from '../fixtures/service.ts';

/** A real centre that is the hub of its hall, and real terminals that tell it of themselves. */

const WAIT = { timeout: 45_000 };
const dir = mkdtempSync(path.join(os.tmpdir(), 'yichuang-machines-'));
const noFolder = path.join(dir, 'file');
let passed = 0;
let centre: Centre;
const terminals = new Map<string, ReturnType<typeof startTestService>>();

async function open(id: string, role: TerminalRole, config: { hub?: object; backup?: object } = {}, url = centre.url) {
  const enrolmentCode = await centre.createEnrolmentCode({ terminal: id });
  const { hub: more, ...rest } = config;
  const hub = { url, enrolmentCode, ...more };
  const terminal = startTestService({ staff: [], config: { terminal: { id, role, hall: 'main' }, hub, ...rest } });
  terminals.set(id, terminal);
  await expect.poll(async () => (await terminal.call('session.hello', {})).hasStaff, WAIT).toBe(true);
  return terminal;
}

beforeAll(async () => {
  writeFileSync(noFolder, '');
  centre = await startCentre({
    dataDir: path.join(dir, 'centre'),
    monotonic: () => performance.now() + passed,
    version: '0.9.0',
    backup: { folder: path.join(noFolder, 'backups'), everyMinutes: 60, days: 7 },
  });
  for (const [number, name, roles] of [
    ['1001', '王敏', ['WIN']],
    ['9001', '蒋华', ['SUP']],
    ['9101', '高翔', ['AUD']],
  ] as const)
    await centre.upsertStaff({ number, name, roles: [...roles], password: `Yichuang-${number}` });
});
afterAll(async () => {
  await Promise.all([...terminals.values()].map((each) => each.dispose()));
  await centre.close();
  rmSync(dir, { recursive: true, force: true });
});

const at = (id: string) => terminals.get(id) as ReturnType<typeof startTestService>;
const desk = <M extends MethodName>(method: M, input: MethodInput<M>) =>
  at('B01').call(method, input, 'desk', 'supervisor');
const alarms = async () => (await desk('board.state', {})).alarms.filter(({ name }) => machineAlarmOf(name) !== null);
const alarm = async (name: string) => (await desk('board.state', {})).alarms.find((each) => each.name === name);
const ofW03 = 'machine-alarm:W03/backup-failed';
const machine = async (id: string) =>
  (await desk('machines.list', {})).machines.filter(({ terminal }) => terminal === id).at(-1);

test('an alarm of another machine is on the board, with machine, code and moment, and nothing more', async () => {
  await open('B01', 'supervisor');
  // Below a file there is no folder: no backup is made there.
  await open('W03', 'window', { backup: { folder: path.join(noFolder, 'backups') } });
  await desk('session.login', { number: '9001', password: 'Yichuang-9001' });
  await expect.poll(() => alarm(ofW03), WAIT).toBeDefined();
  const own = (await at('W03').call('health.state', {})).alarms.find(({ code }) => code === 'backup-failed');
  const found = await alarm(ofW03);
  expect(found).toMatchObject({ kind: 'machine-alarm', label: 'W03', code: 'backup-failed', known: null });
  expect(Math.abs(Date.parse(found?.since ?? '') - Date.parse(own?.since ?? ''))).toBeLessThan(5_000);
  expect(JSON.stringify(found)).not.toContain('ENOTDIR');
  // Of the machine at which one looks its own page tells.
  expect((await alarms()).map(({ label }) => label)).not.toContain('B01');
});

test('known at the board it is known at the machine, with who said so, and the log of the hall has it', async () => {
  await desk('board.act', {
    commandId: v7(),
    command: { kind: 'acknowledge', alarm: ofW03, note: '已派人' },
  });
  expect((await alarm(ofW03))?.known).toMatchObject({ byName: '蒋华', note: '已派人' });
  const known = async () =>
    (await at('W03').call('health.state', {})).alarms.find(({ code }) => code === 'backup-failed')?.known?.by;
  await expect.poll(known, WAIT).toBe('9001');
  await at('B01').call('session.login', { number: '9101', password: 'Yichuang-9101' }, 'audit', 'supervisor');
  const { rows } = await at('B01').call('audit.list', { about: 'alarm' }, 'audit', 'supervisor');
  expect(rows).toMatchObject([{ kind: 'alarm.acknowledged', actor: '9001' }]);
});

test('after a restart of the machine it is the same alarm, and still known', async () => {
  const before = await alarm(ofW03);
  await at('W03').restart();
  await expect.poll(() => alarm(ofW03), WAIT).toBeDefined();
  const kept = (await at('W03').call('health.state', {})).alarms.find(({ code }) => code === 'backup-failed');
  expect(kept?.known?.by).toBe('9001');
  expect(await alarm(ofW03)).toMatchObject({ since: before?.since, known: { byName: '蒋华' } });
});

test('the centre of a hall without a hub is on the board and on the page too, with its disk', async () => {
  const ofCentre = `machine-alarm:${CENTRE}/backup-failed`;
  await expect.poll(() => alarm(ofCentre), WAIT).toMatchObject({ code: 'backup-failed', known: null });
  const { hosts } = await desk('machines.list', {});
  expect(hosts).toMatchObject([{ kind: 'centre', name: null, program: '0.9.0', backupAt: null }]);
  const [{ disk, alarms: raised } = fail()] = hosts;
  const { bavail, bsize } = statfsSync(dir);
  // Others write on the same disk meanwhile.
  expect(disk.free / (bavail * bsize)).toBeCloseTo(1, 0);
  expect(disk.database).toBe(statSync(path.join(dir, 'centre', 'centre.db')).size);
  expect(disk.reserve).toBe('none');
  expect(raised).toMatchObject([{ code: 'backup-failed', level: 'over', known: null }]);
  const command = { kind: 'acknowledge', alarm: ofCentre, note: '已通知管理员' } as const;
  await desk('board.act', { commandId: v7(), command });
  expect((await alarm(ofCentre))?.known).toMatchObject({ byName: '蒋华' });
  expect((await desk('machines.list', {})).hosts[0]?.alarms).toMatchObject([{ known: { byName: '蒋华' } }]);
});

test('said at the machine itself, the board says who; the log has that too', async () => {
  await at('B01').call('session.login', { number: '9001', password: 'Yichuang-9001' }, 'desk', 'supervisor');
  await open('K01', 'prereview', { backup: { folder: path.join(noFolder, 'backups') } });
  await at('K01').call('session.login', { number: '9001', password: 'Yichuang-9001' }, 'page', 'supervisor');
  await at('K01').call('health.acknowledge', { code: 'backup-failed' }, 'page', 'supervisor');
  const byName = async () => (await alarm('machine-alarm:K01/backup-failed'))?.known?.byName;
  await desk('session.login', { number: '9001', password: 'Yichuang-9001' });
  await expect.poll(byName, WAIT).toBe('蒋华');
  const acknowledged = async () =>
    (await at('B01').call('audit.list', { about: 'health' }, 'audit', 'supervisor')).rows;
  await expect
    .poll(acknowledged, WAIT)
    .toMatchObject([{ kind: 'health.acknowledged', actor: '9001', detail: 'backup-failed' }]);
});

test('a machine that is switched off is none of the alarms; one that stops reporting is', async () => {
  await at('K01').service.stop();
  await expect.poll(async () => (await machine('K01'))?.state).toBe('off');
  const screen = await enrolTerminal(centre, 'S01');
  await screen.report([], { role: 'screen' });
  const names = async () => (await desk('board.state', {})).alarms.map(({ name }) => name);
  expect(await names()).not.toContain('screen-stale:S01');
  passed += 31_000;
  await expect.poll(names, WAIT).toContain('screen-stale:S01');
  expect((await names()).join()).not.toContain('K01');
  expect(await machine('K01')).toMatchObject({ state: 'off' });
  expect(await machine('S01')).toMatchObject({ state: 'silent', role: 'screen', program: '0.5.0' });
});

test('a machine is taken out of service for a reason, and gets no answer any more; who may not is refused', async () => {
  const lost = (await machine('W03'))?.device ?? '';
  const own = (await machine('B01'))?.device ?? '';
  const revoke = (device: string, commandId = v7()) =>
    codeOf(desk('machines.revoke', { commandId, device, reason: '机器丢失' }));
  expect(await revoke(own)).toBe('machine-own');
  expect(await revoke(v7())).toBe('machine-not-found');
  expect(ERRORS['machine-own']).toContain('另一台');
  const asAuditor = at('B01').call('machines.list', {}, 'audit', 'supervisor');
  expect(await codeOf(asAuditor)).toBe('forbidden');
  const commandId = v7();
  expect(await revoke(lost, commandId)).toBe('ok');
  // The answer was lost, and the page asks again: it is done once.
  expect(await revoke(lost, commandId)).toBe('ok');
  expect(await machine('W03')).toMatchObject({
    state: 'revoked',
    revoked: { byName: '蒋华', reason: '机器丢失' },
    alarms: [],
  });
  const raised = async () => (await at('W03').call('health.state', {})).alarms.map(({ code }) => code);
  await expect.poll(raised, WAIT).toContain('device-revoked');
  expect((await alarms()).map(({ label }) => label)).not.toContain('W03');
  const { rows } = await at('B01').call('audit.list', { about: 'device' }, 'audit', 'supervisor');
  expect(rows).toMatchObject([{ kind: 'device.revoked', actor: '9001', detail: 'W03' }]);
});

test('the list says by which key each signs, and that of this machine is the one that lies here', async () => {
  const { machines, ownFingerprint } = await desk('machines.list', {});
  const own = machines.find((each) => each.own);
  expect(own).toMatchObject({ terminal: 'B01', role: 'supervisor', fingerprint: ownFingerprint, program: 'test' });
  expect(new Set(machines.map(({ fingerprint }) => fingerprint)).size).toBe(machines.length);
  expect(ownFingerprint).toMatch(/^([0-9a-f]{4}-){7}[0-9a-f]{4}$/);
});

test('a machine whose centre speaks two protocols newer says so, and that it is refused when it is', async () => {
  const [own] = PROTOCOL_VERSIONS;
  const newer = await startNewerCentre(centre.url, [own + 2, own + 1, own]);
  try {
    const terminal = await open('W05', 'window', {}, newer.url);
    const old = async () =>
      (await terminal.call('health.state', {})).alarms.find(({ code }) => code === 'version-old')?.detail;
    await expect.poll(old, WAIT).toEqual({ own, spoken: own + 2 });
    newer.state.refuses = true;
    // The next record that is to be sent is not taken.
    await terminal.login();
    await expect.poll(old, WAIT).toEqual({ own });
  } finally {
    await newer.close();
  }
});

/** Last: from here on the queue of the hall is the hub's. */
test('a hub tells of its own disk, and its standby and its centre beside it', async () => {
  const hubDir = path.join(dir, 'hub');
  const code = await centre.createEnrolmentCode({ terminal: 'H01', kind: 'relay' });
  const hub = await startCentre({
    dataDir: hubDir,
    relay: { upstream: centre.url, code, name: 'H01' },
    reserveBytes: 1,
  });
  const standby = await startCentre({
    dataDir: path.join(dir, 'standby'),
    relay: {
      upstream: centre.url,
      code: await centre.createEnrolmentCode({ terminal: 'H02', kind: 'relay' }),
      name: 'H02',
    },
    peer: { url: hub.url, startsAs: 'standby', name: 'H02' },
    backup: { folder: path.join(noFolder, 'backups'), everyMinutes: 60, days: 7 },
  });
  try {
    await open('B02', 'supervisor', { hub: { standby: [standby.url] } }, hub.url);
    await at('B02').call('session.login', { number: '9001', password: 'Yichuang-9001' }, 'hub', 'supervisor');
    const look = () => at('B02').call('machines.list', {}, 'hub', 'supervisor');
    // A terminal that has just joined is known to the standby a moment later.
    await expect.poll(async () => (await look()).hosts.length, WAIT).toBe(3);
    // Nor has the standby tried its backup before it answers.
    await expect.poll(async () => (await look()).hosts[1]?.alarms, WAIT).toMatchObject([{ code: 'backup-failed' }]);
    const { hosts, machines } = await look();
    expect(hosts.map(({ kind, name, isStandby }) => [kind, name, isStandby])).toEqual([
      ['hub', 'H01', false],
      ['hub', 'H02', true],
      ['centre', null, false],
    ]);
    expect(hosts[1]).toMatchObject({ disk: { reserve: 'none' }, backupAt: null });
    expect(hosts[1]?.disk.database).toBeGreaterThan(0);
    const ofStandby = async () =>
      (await at('B02').call('board.state', {}, 'hub', 'supervisor')).alarms.map(({ name }) => name);
    await expect.poll(ofStandby, WAIT).toContain('machine-alarm:H02/backup-failed');
    expect(hosts[0]?.disk.reserve).toBe('none');
    // It grows while it is looked at.
    const beside = async () =>
      ((await look()).hosts[0]?.disk.database ?? 0) - statSync(path.join(hubDir, 'centre.db')).size;
    await expect.poll(beside, WAIT).toBe(0);
    expect(hosts[0]?.alarms).toEqual([]);
    // It reports to nobody, and has answered.
    for (const name of ['H01', 'H02'])
      expect(machines.find(({ terminal }) => terminal === name)).toMatchObject({ kind: 'relay', state: 'here' });
    writeFileSync(path.join(hubDir, RESERVE_FILE), '0');
    expect((await look()).hosts[0]?.disk.reserve).toBe('held');
    // One that is gone says nothing, and keeps nobody from the rest.
    await standby.close();
    expect((await look()).hosts.map(({ name }) => name)).toEqual(['H01', null]);
  } finally {
    await standby.close();
    await at('B02').dispose();
    terminals.delete('B02');
    await hub.close();
  }
});

function fail(): never {
  throw new Error('nobody says anything of itself');
}
