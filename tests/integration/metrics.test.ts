import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { acceptanceDraft } from '../fixtures/acceptance.ts';
import { findUnconventional, parseMetrics } from '../fixtures/prometheus.ts';
import { openRelayHall } from '../fixtures/relayHall.ts';
import { startTestService } from '../fixtures/service.ts';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

const WAIT = { timeout: 45_000 };
const read = async (url: string) => parseMetrics(await (await fetch(url)).text());
type Families = Awaited<ReturnType<typeof read>>;

function figure(families: Families, name: string, labels: Record<string, string> = {}): number | null | undefined {
  const samples = Object.values(families).flatMap((family) => family.samples);
  return samples.find(
    (each) => each.name === name && Object.entries(labels).every(([label, value]) => each.labels[label] === value),
  )?.value;
}

test('a terminal says how much waits, what alarms stand and how it is, in a form that others read', async () => {
  const terminal = startTestService({ config: { metrics: { port: 0 } } });
  endings.push(() => terminal.dispose());
  await terminal.login();
  await terminal.call('case.accept', { commandId: '0198a000-0000-7000-8000-0000000000c1', draft: acceptanceDraft() });
  const url = `http://127.0.0.1:${await terminal.service.metricsPort()}/metrics`;
  const text = await (await fetch(url)).text();
  const families = await parseMetrics(text);
  expect(findUnconventional(families)).toEqual([]);
  expect(figure(families, 'yichuang_outbox_ops', { place: 'here' })).toBe(2);
  expect(figure(families, 'yichuang_outbox_oldest_timestamp_seconds')).toBeCloseTo(Date.now() / 1000, -2);
  expect(figure(families, 'yichuang_alarm', { code: 'key-weak' })).toBe(1);
  expect(figure(families, 'yichuang_alarm', { code: 'disk-full' })).toBe(0);
  expect(figure(families, 'yichuang_database_bytes', { file: 'main' })).toBeGreaterThan(0);
  expect(figure(families, 'yichuang_disk_free_bytes')).toBeGreaterThan(0);
  expect(figure(families, 'process_resident_memory_bytes')).toBeGreaterThan(0);
  expect(figure(families, 'yichuang_backup_last_success_timestamp_seconds')).toBeUndefined();
  // Names and labels; the figures are anybody's.
  const words = Object.values(families).flatMap(({ samples }) =>
    samples.flatMap((each) => [each.name, ...Object.values(each.labels)]),
  );
  for (const secret of ['张三', '220402', '龙山', 'W07', '1001']) expect(words.join('\n')).not.toContain(secret);
  expect((await fetch(`${url}/other`)).status).toBe(404);
});

test('nothing listens where no port is configured', async () => {
  const terminal = startTestService();
  endings.push(() => terminal.dispose());
  expect(await terminal.service.metricsPort()).toBe(0);
});

test('centre and hub count what comes in and what waits for the other, and tell strangers nothing', async () => {
  const hall = await openRelayHall();
  endings.push(() => hall.dispose());
  const token = 'a-token-of-this-test-only';
  const file = path.join(hall.dir, 'metrics.token');
  writeFileSync(file, `${token}\n`);
  await hall.centre.stop();
  await hall.centre.start('--metrics-port', '0', '--metrics-token', file);
  await hall.hub.start('--relay-code', await hall.relayCode(), '--metrics-port', '0');
  const centre = hall.centre.ready('metrics');
  const hub = hall.hub.ready('metrics');
  const window = await hall.join('W07');
  window.accept(1);
  await expect.poll(() => window.counts, WAIT).toEqual({ waitingOps: 0, heldOps: 0, rejected: 0 });

  await expect.poll(async () => figure(await read(hub), 'yichuang_live_connections'), WAIT).toBe(1);
  const atHub = await read(hub);
  expect(findUnconventional(atHub)).toEqual([]);
  expect(figure(atHub, 'yichuang_build_info', { role: 'hub' })).toBe(1);
  expect(figure(atHub, 'yichuang_relay_connected')).toBe(1);
  expect(figure(atHub, 'yichuang_relay_waiting_ops')).toBe(0);
  expect(figure(atHub, 'yichuang_ingest_pushes_total', { answer: 'taken' })).toBe(1);
  expect(figure(atHub, 'yichuang_ingest_group_ops_count')).toBeGreaterThan(0);
  const atCentre = await read(centre);
  expect(findUnconventional(atCentre)).toEqual([]);
  expect(figure(atCentre, 'yichuang_ingest_ops_total', { outcome: 'applied' })).toBe(1);
  expect(figure(atCentre, 'yichuang_relay_waiting_ops')).toBeUndefined();
  expect(figure(atCentre, 'yichuang_http_responses_total', { route: '/relay/v1/push', status: '2xx' })).toBe(1);

  const open = `${hall.centre.url}/metrics`;
  const statusWith = async (authorization?: string) =>
    (await fetch(open, { headers: authorization === undefined ? {} : { authorization } })).status;
  expect([await statusWith(), await statusWith('Bearer wrong'), await statusWith(`Bearer ${token}`)]).toEqual([
    401, 401, 200,
  ]);
  expect((await fetch(`${hall.hub.url}/metrics`)).status).toBe(404);
  expect(figure(await read(centre), 'yichuang_http_refusals_total', { code: 'unauthorised' })).toBe(2);

  await hall.centre.stop();
  window.accept(2);
  await expect.poll(() => window.counts.heldOps, WAIT).toBe(1);
  const alone = await read(hub);
  expect(figure(alone, 'yichuang_relay_waiting_ops')).toBe(1);
  await expect.poll(async () => figure(await read(hub), 'yichuang_relay_connected'), WAIT).toBe(0);
}, 60_000);
