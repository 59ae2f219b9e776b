import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEnrolmentCodeOffline } from '../../centre/command.ts';
import { enrolAnswer } from '../../contract/sync.ts';
import { call, jsonRequest, TestTerminal, temporaryFolder } from '../fixtures/centre.ts';
import { runCommand, startCommand } from '../fixtures/command.ts';
import { OpMaker } from '../fixtures/opMaker.ts';
import { parseMetrics } from '../fixtures/prometheus.ts';

/** A centre as a process that backs itself up, and loses its disk. */

const WAIT = { timeout: 60_000, interval: 250 };
type Ready = { url: string; metrics: string };

let place: ReturnType<typeof temporaryFolder>;
let running: Awaited<ReturnType<typeof startCommand<Ready>>> | null = null;
let data: string;
let backups: string;
beforeEach(() => {
  place = temporaryFolder();
  [data, backups] = [path.join(place.dir, 'centre'), path.join(place.dir, 'second-disk')];
});
afterEach(async () => {
  await running?.stop();
  running = null;
  place.remove();
});

async function start(...more: string[]): Promise<Ready> {
  running = await startCommand<Ready>(['centre', '--data', data, '--port', '0', '--metrics-port', '0', ...more]);
  return running.ready;
}

async function kill(): Promise<void> {
  const child = running?.child;
  const gone = new Promise((resolve) => child?.once('exit', resolve));
  child?.kill('SIGKILL');
  await gone;
  running = null;
}

const made = () => readdirSync(backups).filter((name) => name.endsWith('.db'));

async function figure(url: string, name: string, code?: string): Promise<number | null | undefined> {
  const families = Object.values(await parseMetrics(await (await fetch(url)).text()));
  const samples = families.flatMap((family) => family.samples).filter((sample) => sample.name === name);
  return samples.find(({ labels }) => code === undefined || labels.code === code)?.value;
}

test('a centre backs itself up by itself, and what it made is put in place of a lost disk', async () => {
  const before = await start();
  const maker = new OpMaker({ name: 'window', terminal: '07' });
  const code = await createEnrolmentCodeOffline(data, { terminal: 'W07' });
  const answer = await call(before.url, '/sync/v1/enrol', jsonRequest({ code, device: maker.device, terminal: 'W07' }));
  const { token } = enrolAnswer.parse(answer.body);
  maker.acceptCase();
  await new TestTerminal(maker, before.url, token).push();
  expect(running?.stderr()).toContain('--backup-to');
  expect(await figure(before.metrics, 'yichuang_backup_last_success_timestamp_seconds')).toBeUndefined();
  await running?.stop();

  const startedAt = Math.floor(Date.now() / 1000);
  const { metrics } = await start('--backup-to', backups);
  const lastAt = () => figure(metrics, 'yichuang_backup_last_success_timestamp_seconds');
  await expect.poll(lastAt, WAIT).toBeGreaterThanOrEqual(startedAt);
  expect(made()).toHaveLength(1);
  expect(await figure(metrics, 'yichuang_alarm', 'backup-failed')).toBe(0);
  await kill();

  renameSync(data, `${data}-lost`);
  mkdirSync(data, { mode: 0o700 });
  for (const key of ['centre.key', 'signing.key']) renameSync(path.join(`${data}-lost`, key), path.join(data, key));
  const restored = await runCommand(['restore', '--centre', data, '--backups', backups]);
  expect({ ...restored, restored: JSON.parse(restored.stdout) }).toMatchObject({
    code: 0,
    restored: { restored: made()[0] },
  });
  const after = await start('--backup-to', backups);
  const { rows } = await new TestTerminal(maker, after.url, token).pull();
  expect(rows.map(({ op }) => op.op_id)).toContain(maker.ops.at(-1)?.op_id);
});

test('a folder that takes nothing is an alarm of the centre, in its log and its figures, and it serves all the same', async () => {
  writeFileSync(backups, '');
  const { url, metrics } = await start('--backup-to', backups);
  await expect.poll(() => figure(metrics, 'yichuang_alarm', 'backup-failed'), WAIT).toBe(1);
  expect(running?.stderr()).toMatch(/"alarm":"backup-failed","severity":"over"/);
  expect((await fetch(`${url}/health`)).status).toBe(200);
  rmSync(backups);
});
