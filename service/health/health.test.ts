import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { TerminalRole } from '../../contract/config.ts';
import { HEALTH, HEALTH_CODES, type HealthAlarm, type HealthCode } from '../../contract/health.ts';
import { PROTOCOL_VERSIONS } from '../../contract/sync.ts';
import type { RaisedAlarm } from '../../db/raisedAlarms.ts';
import { ALARM_KINDS } from '../../domain/board/alarms.ts';
import { zhCN } from '../../renderer/strings/zh-CN.ts';
import { startTestService } from '../../tests/fixtures/service.ts';
import { CLERK, phcOf } from '../../tests/fixtures/staff.ts';
import { openTestStore } from '../../tests/fixtures/store.ts';
import { Health } from './health.ts';
import type { AlarmMemory } from './memory.ts';
import { HealthWatch } from './watch.ts';

const AT = Date.parse('2026-11-27T01:00:00.000Z');

function table() {
  let now = AT;
  const told: HealthAlarm[][] = [];
  const health = new Health(
    () => now,
    (alarms) => told.push(alarms),
  );
  return { health, told, wait: (ms: number) => (now += ms) };
}

test('an alarm keeps its moment while it lasts, takes the newer detail, and begins anew after it was over', () => {
  const { health, told, wait } = table();
  health.raise('sync-stuck', { waiting: 3 });
  wait(1_000);
  health.raise('sync-stuck', { waiting: 3 });
  expect(told).toHaveLength(1);
  health.raise('sync-stuck', { waiting: 4 });
  expect(health.list()).toEqual([
    { code: 'sync-stuck', level: 'over', since: '2026-11-27T01:00:00.000Z', detail: { waiting: 4 }, known: null },
  ]);
  health.clear('sync-stuck');
  health.clear('sync-stuck');
  expect(told).toHaveLength(3);
  expect(told.at(-1)).toEqual([]);
  health.raise('sync-stuck');
  expect(health.list()[0]?.since).toBe('2026-11-27T01:00:01.000Z');
});

test('the worst stands first, whatever came first', () => {
  const { health } = table();
  for (const code of ['clock-skew', 'backup-failed', 'disk-full'] as const) health.raise(code);
  expect(health.list().map(({ code }) => code)).toEqual(['disk-full', 'backup-failed', 'clock-skew']);
});

test('who has seen an alarm stands beside it until it is over; what stops the work cannot be put away', () => {
  const { health } = table();
  health.raise('backup-failed');
  health.raise('disk-full');
  expect(health.acknowledge('backup-failed', '9001')).toBe(true);
  expect(health.acknowledge('disk-full', '9001')).toBe(false);
  expect(health.acknowledge('quarantine', '9001')).toBe(false);
  expect(health.list().map(({ known }) => known?.by ?? null)).toEqual([null, '9001']);
  health.clear('backup-failed');
  health.raise('backup-failed');
  expect(health.list().at(-1)?.known).toBeNull();
});

test('what a person could have written is refused as a detail', () => {
  const { health, told } = table();
  for (const value of ['王小明', '王 敏', '13800000000', '110101190001010014', 'a'.repeat(65), Number.NaN, ''])
    expect(() => health.raise('scan-damage', { table: value })).toThrow(TypeError);
  expect(() => health.raise('scan-damage', { 王: 1 })).toThrow(TypeError);
  expect(told).toEqual([]);
  health.raise('scan-damage', { table: 'op', found: 2, at: '2026-11-27T01:00:00.000Z' });
  expect(health.isRaised('scan-damage')).toBe(true);
});

test('every code has words for a clerk, and no words are left without a code', () => {
  expect(Object.keys(zhCN.health.codes).sort()).toEqual([...HEALTH_CODES].sort());
});

test('for every code the operations manual says what to do, with its level', () => {
  const manual = readFileSync(path.join(import.meta.dirname, '../../docs/operations.md'), 'utf8');
  const rows = [...manual.matchAll(/^\| `([a-z-]+)` \| (stop|over|near) \|/gm)]
    .map(([, code = '', level]) => [code, level])
    // The table of what is wrong with the hall has the same form.
    .filter(([code = '']) => !Object.hasOwn(ALARM_KINDS, code));
  expect(rows.sort()).toEqual(HEALTH_CODES.map((code) => [code, HEALTH[code].level]).sort());
});

/** The same memory for one life of the program after the other, an hour between two of them. */
function lives(rows: RaisedAlarm[] = []) {
  let now = AT;
  const memory: AlarmMemory = {
    list: () => [...rows],
    keep(alarm) {
      memory.drop(alarm.code);
      rows.push(alarm);
    },
    drop: (code) => {
      rows.splice(0, rows.length, ...rows.filter((each) => each.code !== code));
    },
  };
  return {
    rows,
    wait: (ms: number) => (now += ms),
    begin: () =>
      new Health(
        () => now,
        () => {},
        memory,
      ),
  };
}
const HOUR = 3_600_000;

test('found again after a restart it is the same alarm: its moment and who knows of it stay, with the newer detail', () => {
  const { begin, wait } = lives();
  const first = begin();
  first.raise('backup-failed', { failures: 1 });
  first.acknowledge('backup-failed', '9001');
  wait(HOUR);
  const second = begin();
  // Not said before it is found: it may have been put right meanwhile.
  expect(second.list()).toEqual([]);
  wait(HOUR);
  second.raise('backup-failed', { failures: 1 });
  expect(second.list()).toMatchObject([
    { since: '2026-11-27T01:00:00.000Z', known: { by: '9001', at: '2026-11-27T01:00:00.000Z' } },
  ]);
});

test('what was over before the restart, or is not found soon after it, is another alarm next time', () => {
  const { begin, wait, rows } = lives();
  const first = begin();
  first.raise('backup-failed');
  first.raise('clock-skew');
  first.acknowledge('backup-failed', '9001');
  first.acknowledge('clock-skew', '9001');
  first.clear('clock-skew');
  const second = begin();
  second.raise('clock-skew');
  expect(second.list()).toMatchObject([{ code: 'clock-skew', known: null }]);
  wait(2 * HOUR);
  second.forgetOld();
  expect(rows.map(({ code }) => code)).toEqual(['clock-skew']);
  second.raise('backup-failed');
  expect(second.list()[0]).toMatchObject({ code: 'backup-failed', known: null });
});

test('damage that the look at night found is said at once after a restart, until a look finds nothing', () => {
  const { begin, rows } = lives();
  begin().raise('scan-damage', { found: 2, error: 'op-hash' });
  const second = begin();
  expect(second.list()).toMatchObject([{ code: 'scan-damage', detail: { found: 2, error: 'op-hash' } }]);
  second.clear('scan-damage');
  expect(rows).toEqual([]);
  expect(begin().list()).toEqual([]);
});

test('a disk that takes nothing keeps no alarm from being said; codes of a newer program are left alone', () => {
  const full = () => {
    throw new Error('SQLITE_FULL');
  };
  const health = new Health(
    () => AT,
    () => {},
    { list: full, keep: full, drop: full },
  );
  health.raise('disk-full');
  expect(health.isRaised('disk-full')).toBe(true);
  health.clear('disk-full');
  expect(health.list()).toEqual([]);
  const newer = { code: 'of-tomorrow', since: new Date(AT).toISOString(), detail: {}, known: null };
  expect(lives([newer]).begin().list()).toEqual([]);
});

function watched(line: { isTooOld?: boolean; link?: 'connected' | 'offline'; spoken: number | null }) {
  const { health } = table();
  const fixture = openTestStore();
  const trouble = { kind: 'protocol' as const, isAskedToWait: false, isTooOld: true, nextTryAt: 0 };
  const watch = new HealthWatch({
    health,
    store: fixture.store,
    sync: () => ({
      state: { link: line.link ?? 'connected', lastContact: null, clockOffsetMs: null },
      trouble: line.isTooOld ? trouble : null,
      heardAt: null,
    }),
    spoken: () => line.spoken,
    monotonic: () => 0,
  });
  watch.look();
  const found = () => health.list().find(({ code }) => code === 'version-old');
  const end = () => {
    watch.stop();
    fixture.dispose();
  };
  return { line, watch, found, end };
}

test('two protocols behind whoever answers, or refused as too old, a machine says that its program is old', () => {
  const [own] = PROTOCOL_VERSIONS;
  for (const spoken of [null, own - 1, own, own + 1]) {
    const { found, end } = watched({ spoken });
    expect(found()).toBeUndefined();
    end();
  }
  const behind = watched({ spoken: own + 2 });
  expect(behind.found()).toMatchObject({ level: 'near', detail: { own, spoken: own + 2 } });
  // The program was not updated; the hub was put back.
  behind.line.spoken = own;
  behind.watch.look();
  expect(behind.found()).toBeUndefined();
  behind.end();
  const refused = watched({ isTooOld: true, link: 'offline', spoken: null });
  expect(refused.found()).toMatchObject({ detail: { own } });
  refused.end();
});

const CHIEF = { ...CLERK, number: '9001', roles: ['SUP' as const], passwordHash: phcOf('chief-pass') };

test('pages hear of an alarm; supervisors and administrators say that they know of it, and nobody else', async () => {
  const terminal = startTestService({ staff: [CLERK, CHIEF] });
  try {
    // The test's own key lies in a file beside the data.
    expect(await terminal.call('health.state', {})).toMatchObject({ alarms: [{ code: 'key-weak', known: null }] });
    const acknowledge = (code: HealthCode, ...page: [string, TerminalRole] | []) =>
      terminal.call('health.acknowledge', { code }, ...page).catch((error: { code: string }) => error.code);
    await terminal.call('events.subscribe', { topics: ['service'] });
    expect(await acknowledge('key-weak')).toBe('not-signed-in');
    await terminal.login();
    expect(await acknowledge('key-weak')).toBe('forbidden');
    await terminal.call('session.login', { number: '9001', password: 'chief-pass' }, 'desk', 'supervisor');
    expect(await acknowledge('disk-full', 'desk', 'supervisor')).toBe('alarm-not-known');
    expect(await acknowledge('key-weak', 'desk', 'supervisor')).toEqual({});
    expect(terminal.pushes.findLast(({ event }) => event === 'health.changed')).toMatchObject({
      connection: 'page-1',
      payload: { alarms: [{ code: 'key-weak', known: { by: '9001' } }] },
    });
    await terminal.restart();
    expect(await terminal.call('health.state', {})).toMatchObject({
      alarms: [{ code: 'key-weak', known: { by: '9001' } }],
    });
    const log = await terminal.withFile((db) =>
      db.prepare("SELECT actor, body FROM op WHERE kind = 'health.acknowledged'").all(),
    );
    expect(log).toMatchObject([{ actor: '9001', body: '{"code":"key-weak","terminal":"W07"}' }]);
  } finally {
    await terminal.dispose();
  }
});
