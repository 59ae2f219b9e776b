import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listBackups } from '../../disk/backupFolder.ts';
import { startTestCentre } from '../../tests/fixtures/centre.ts';
import { OwnAlarms } from '../alarms.ts';
import { CENTRE_BACKUP_PREFIX } from './backup.ts';
import { BackupDuty } from './duty.ts';

const MINUTE = 60_000;
const BEGUN = Date.parse('2026-11-27T01:00:00.000Z');
const log = pino({ level: 'silent' });

let running: Awaited<ReturnType<typeof startTestCentre>>;
let folder: string;
const duties: BackupDuty[] = [];
beforeEach(async () => {
  running = await startTestCentre();
  folder = path.join(running.dir, 'elsewhere');
});
afterEach(async () => {
  await Promise.all(duties.splice(0).map((duty) => duty.stop()));
  await running.dispose();
});

function open({ days = 7, isOnServer = false, startsAt = 0 } = {}) {
  let minute = startsAt;
  let slipMs = 0;
  const now = () => BEGUN + minute * MINUTE + slipMs;
  const alarms = new OwnAlarms(now, log);
  const duty = new BackupDuty({
    ...{ dataDir: running.dir, isOnServer, alarms, logger: log, now },
    settings: { folder, everyMinutes: 60, days },
    monotonic: () => minute * MINUTE,
  });
  duties.push(duty);
  return {
    duty,
    raised: () => alarms.list().map(({ code }) => code),
    /** The wall clock is set. */
    slip(minutes: number) {
      slipMs = minutes * MINUTE;
    },
    async look(...minutes: number[]) {
      for (minute of minutes) await duty.look();
    },
  };
}

const made = async () =>
  (await listBackups<object>(folder, CENTRE_BACKUP_PREFIX))
    .map(({ at }) => (Date.parse(at) - BEGUN) / MINUTE)
    .reverse();

test('the first is made at the start, and one every hour from then on, whatever is done to the clock', async () => {
  const { duty, look, slip } = open();
  await look(0, 30, 59);
  expect(await made()).toEqual([0]);
  expect(duty.lastAt).toBe(BEGUN);
  await look(60, 90);
  slip(-24 * 60);
  await look(110, 120);
  expect(await made()).toEqual([120 - 24 * 60, 0, 60]);
});

test('after a start the hour goes on where the newest one lets it, and one of the future says nothing', async () => {
  await open().look(0);
  await open({ startsAt: 20 }).look(20, 59);
  expect(await made()).toEqual([0]);
  await open({ startsAt: 61 }).look(61);
  expect(await made()).toEqual([0, 61]);
  await open({ startsAt: 30 }).look(30);
  expect(await made()).toEqual([0, 30, 61]);
});

test('so many days are kept as were asked for', async () => {
  const { look } = open({ days: 2 });
  await look(0, 60, 120, 26 * 60, 60 * 60);
  // Of the day before the last one its last, nothing older; each in its own day of UTC.
  expect(await made()).toEqual([26 * 60, 60 * 60]);
});

test('a folder that takes nothing is an alarm at once, one that nothing came into for long another; the next good one ends both', async () => {
  writeFileSync(folder, '');
  const { duty, look, raised } = open();
  await look(0);
  expect(raised()).toEqual(['backup-failed']);
  await look(5, 10, 120, 149);
  expect(raised()).toEqual(['backup-failed']);
  await look(151);
  expect(raised()).toEqual(['backup-failed', 'backup-late']);
  expect(duty.lastAt).toBeNull();
  rmSync(folder);
  await look(161);
  expect(raised()).toEqual([]);
  expect(await made()).toEqual([161]);
});

test('of a centre whose database is a server’s the images are copied, and nothing is called a backup of it', async () => {
  mkdirSync(path.join(running.dir, 'blobs', 'ab'), { recursive: true });
  writeFileSync(path.join(running.dir, 'blobs', 'ab', 'abcd'), 'sealed');
  const { duty, look, raised } = open({ isOnServer: true });
  await look(0);
  expect(readdirSync(folder)).toEqual(['blobs']);
  expect(readdirSync(path.join(folder, 'blobs', 'ab'))).toEqual(['abcd']);
  expect([duty.lastAt, raised()]).toEqual([BEGUN, []]);
});
