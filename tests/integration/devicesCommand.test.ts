import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DeviceLine } from '../../centre/deviceCommand.ts';
import type { Centre } from '../../centre/options.ts';
import { startCentre } from '../../centre/start.ts';
import { openStore } from '../../centre/store/openStore.ts';
import type { CentreStore } from '../../centre/store/types.ts';
import { fingerprint } from '../../signing/check.ts';
import { makeSigningKey, SigningKey } from '../../signing/key.ts';
import { databaseUrlOf, dataIn, releaseDatabase } from '../fixtures/centreDatabase.ts';
import { runCommand } from '../fixtures/command.ts';
import { enrolTerminal, type QueueTerminal } from '../fixtures/queueDesk.ts';

/** `yichuang devices`, as somebody at the centre types it while the centre runs; on SQLite and on PostgreSQL. */

const dir = mkdtempSync(path.join(os.tmpdir(), 'yichuang-devices-'));
const KEY = SigningKey.open(makeSigningKey()).publicKey;
let centre: Centre;
let w07: QueueTerminal;
let w08: QueueTerminal;

beforeAll(async () => {
  centre = await startCentre(dataIn(dir));
  w07 = await enrolTerminal(centre, 'W07');
  w08 = await enrolTerminal(centre, 'W08');
  w07.maker.acceptCase();
  await w07.push(w07.maker.ops);
  await withStore(async (store) => {
    await store.registerKey(w08.maker.device, { publicKey: KEY, from: { epoch: 1, seq: 0 } }, Date.now());
    await store.noteContradicted(w08.maker.device, 1, 9, Date.parse('2026-11-27T02:00:00.000Z'));
  });
});
afterAll(async () => {
  await centre.close();
  releaseDatabase(dir);
  rmSync(dir, { recursive: true, force: true });
});

async function withStore(use: (store: CentreStore) => Promise<void>): Promise<void> {
  const store = openStore(dataIn(dir));
  try {
    await use(store);
  } finally {
    store.close();
  }
}

async function devices(...args: string[]) {
  const url = databaseUrlOf(dir);
  const server = url === undefined ? [] : ['--database-url', url];
  const { code, stdout, stderr } = await runCommand(['devices', '--data', dir, ...server, ...args]);
  const lines = stdout.split('\n').filter(Boolean);
  return { code, stderr, lines: lines.map((line) => JSON.parse(line) as DeviceLine) };
}

test('a line for each device says who may speak, by which key, and when it was heard', async () => {
  const { code, lines } = await devices();
  expect(code).toBe(0);
  expect(lines).toMatchObject([
    { device: w07.maker.device, terminal: 'W07', hall: 'main', kind: 'terminal', key: null, revoked: null },
    { device: w08.maker.device, terminal: 'W08', key: fingerprint(KEY), lastHeard: null },
  ]);
  expect(Date.now() - Date.parse(lines[0]?.lastHeard ?? '')).toBeLessThan(60_000);
  expect(lines.map(({ contradicted }) => contradicted)).toEqual([
    null,
    { seen: '2026-11-27T02:00:00.000Z', epoch: 1, acked: 9 },
  ]);
});

test('a receipt for more than is here is said until somebody has looked into it, and not a second time', async () => {
  const settled = await devices('--settled', w08.maker.device);
  expect(settled.code).toBe(0);
  expect(settled.lines.map(({ contradicted }) => contradicted)).toEqual([null, null]);
  const again = await devices('--settled', w08.maker.device);
  expect(again.code).not.toBe(0);
  expect(again.stderr).toContain('nothing was found about device');
  expect((await devices('--settled', 'W08')).stderr).toContain('nothing was found about device W08');
  expect(again.lines).toEqual([]);
});

test('a device is taken out of service at once, with a reason that stays in the log, and only once', async () => {
  expect((await w08.pullRaw('hall:main')).status).toBe(200);
  const { code, lines } = await devices('--revoke', w08.maker.device, '--reason', '机器报废');
  expect(code).toBe(0);
  expect(lines.find(({ terminal }) => terminal === 'W08')?.revoked).toMatch(/^\d{4}-/);
  expect(lines.find(({ terminal }) => terminal === 'W07')?.revoked).toBeNull();
  expect((await w08.pullRaw('hall:main')).status).toBe(401);
  const { rows } = await w07.pull();
  expect(rows.map(({ op }) => op).filter(({ kind }) => kind === 'device.revoked')).toMatchObject([
    { actor: 'system', body: { device: w08.maker.device, terminal: 'W08', reason: '机器报废' } },
  ]);
  const again = await devices('--revoke', w08.maker.device);
  expect(again.code).not.toBe(0);
  expect(again.stderr).toContain(`no device ${w08.maker.device} is in service`);
});
