import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseTerminalConfig } from '../../contract/config.ts';
import { listBackups } from '../../db/backup/backup.ts';
import { BACKUP_FOLDER } from '../../db/store.ts';
import { openTestStore, TEST_KEY } from '../../tests/fixtures/store.ts';
import { Health } from '../health/health.ts';
import { HourlyBackup } from './hourlyBackup.ts';

const MINUTE = 60_000;
const log = pino({ level: 'silent' });

let fixture: ReturnType<typeof openTestStore>;
beforeEach(() => {
  fixture = openTestStore();
});
afterEach(() => fixture.dispose());

function rounds(settings: object) {
  const config = parseTerminalConfig(JSON.stringify({ terminal: { id: 'W07', hall: 'main' }, backup: settings }));
  const begun = Date.parse('2026-11-27T01:00:00.000Z');
  const health = new Health(
    () => begun,
    () => {},
  );
  const duty = new HourlyBackup(fixture.dir, TEST_KEY);
  const folder = path.join(fixture.dir, BACKUP_FOLDER);
  const run = async (minutes: readonly number[]) => {
    for (const minute of minutes) await duty.makeWhenDue({ config, health, now: () => begun + minute * MINUTE }, log);
    return (await listBackups(folder)).map(({ at }) => (Date.parse(at) - begun) / MINUTE).reverse();
  };
  return Object.assign(run, { health });
}

test('a backup is made ten minutes after the start and every hour from then on', async () => {
  const made = rounds({});
  expect(await made([0, 5, 10, 20, 60, 70, 80, 130])).toEqual([10, 70, 130]);
});

test('none is made where the configuration says so', async () => {
  expect(await rounds({ everyMinutes: 0 })([0, 10, 100])).toEqual([]);
});

test('a folder that takes nothing is an alarm from the start that counts each attempt; the next good backup ends it', async () => {
  const folder = path.join(fixture.dir, 'elsewhere');
  writeFileSync(folder, '');
  const made = rounds({ folder });
  await made([0]);
  expect(made.health.isRaised('backup-failed')).toBe(true);
  expect(await made([10, 20])).toEqual([]);
  expect(made.health.list()).toMatchObject([{ code: 'backup-failed', detail: { failures: 3 } }]);
  rmSync(folder);
  await made([30]);
  expect((await listBackups(folder)).length).toBe(1);
  expect(made.health.list()).toEqual([]);
});
