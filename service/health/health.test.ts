import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { TerminalRole } from '../../contract/config.ts';
import { HEALTH, HEALTH_CODES, type HealthAlarm, type HealthCode } from '../../contract/health.ts';
import { zhCN } from '../../renderer/strings/zh-CN.ts';
import { startTestService } from '../../tests/fixtures/service.ts';
import { CLERK, phcOf } from '../../tests/fixtures/staff.ts';
import { Health } from './health.ts';

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
  const rows = [...manual.matchAll(/^\| `([a-z-]+)` \| (stop|over|near) \|/gm)].map(([, code, level]) => [code, level]);
  expect(rows.sort()).toEqual(HEALTH_CODES.map((code) => [code, HEALTH[code].level]).sort());
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
  } finally {
    await terminal.dispose();
  }
});
