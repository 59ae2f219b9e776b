import { hash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Centre } from '../../centre/options.ts';
import { startCentre } from '../../centre/start.ts';
import { readMeta } from '../../db/meta.ts';
import { ImageSender } from '../../sync/imageSender.ts';
import { SyncClient } from '../../sync/syncClient.ts';
import { acceptance } from '../fixtures/acceptance.ts';
import { jpegWith } from '../fixtures/attachments.ts';
import { type SlowLine, startSlowLine } from '../fixtures/slowLine.ts';
import { openTestStore } from '../fixtures/store.ts';

/** One terminal on a line of 200 KB/s whose answers take 60 ms: which of its requests goes before which. Told by their order, not by their time. */

const BYTES_PER_SECOND = 200_000;
const ANSWER_MS = 60;
const WAIT = { timeout: 45_000, interval: 5 };

let dir: string;
let centre: Centre;
let line: SlowLine;
let fixture: ReturnType<typeof openTestStore>;
let client: SyncClient;
let sender: ImageSender | null = null;

beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'yichuang-traffic-'));
  centre = await startCentre({ dataDir: dir, logger: pino({ level: 'silent' }) });
  line = await startSlowLine(centre.port, BYTES_PER_SECOND, ANSWER_MS);
  fixture = openTestStore();
  client = new SyncClient({
    ...{ store: fixture.store, url: line.url, terminal: 'W07', hall: 'main', now: Date.now },
    enrolmentCode: await centre.createEnrolmentCode({ terminal: 'W07' }),
    onChange: () => sender?.notify(),
    onStreams: () => {},
    onPublished: () => {},
    log: () => {},
  });
  await expect.poll(() => client.state.link, WAIT).toBe('connected');
});
afterEach(async () => {
  await sender?.stop();
  sender = null;
  await client.stop();
  fixture.dispose();
  await line.close();
  await centre.close();
  rmSync(dir, { recursive: true, force: true });
});

const count = (what: string, from = 0) => line.requests.slice(from).filter((each) => each.what.startsWith(what)).length;

/** @returns for each act, how many requests of this kind were begun while it was on its way */
function begunDuringActs(what: RegExp): number[] {
  return line.requests.flatMap(({ what: act, answeredAfter }, at) =>
    act.includes('presence')
      ? [line.requests.slice(at + 1, answeredAfter ?? undefined).filter((each) => what.test(each.what)).length]
      : [],
  );
}

function accept(sequence: number, filler = ''): string {
  const id = v7();
  const number = `2026112707${String(sequence).padStart(4, '0')}`;
  const body = { ...acceptance(sequence, { number, window: 'W07' }), ...(filler && { note: filler }) };
  fixture.store.ledger.append({ kind: 'case.accepted', stream: `case:${id}`, actor: '1001', body });
  client.notify();
  return id;
}

async function scan(caseId: string, bytes: number): Promise<void> {
  const { store } = fixture;
  const content = Buffer.concat([jpegWith('a'), randomBytes(bytes)]);
  const writer = await store.blobs.begin();
  await writer.append(content);
  await writer.finish(hash('sha256', content), (stored) => {
    const blob = { media: 'image/jpeg' as const, ...stored, width: 24, height: 16 };
    const body = { caseId, material: 'M04', page: 1, blob, source: 'camera' as const };
    store.ledger.append({ kind: 'scan.attached', stream: `scan:${v7()}`, actor: '1001', body });
  });
  client.notify();
}

test('a scanned page lets records and acts pass: at most the piece that is on its way goes before them', async () => {
  const caseId = accept(1);
  await scan(caseId, 1_500_000);
  await expect.poll(() => fixture.store.delivery.countUnsent(), WAIT).toBe(0);
  sender = new ImageSender({
    ...{ store: fixture.store, now: Date.now, bytesPerSecond: 0, onChange: () => {}, log: () => {} },
    line: {
      url: () => line.url,
      token: () => readMeta(fixture.store.db, 'hub-token'),
      isConnected: () => client.state.link === 'connected',
      gate: () => client.gate,
    },
  });
  await expect.poll(() => count('PATCH'), WAIT).toBeGreaterThan(1);

  const from = line.requests.length;
  accept(2);
  await expect.poll(() => count('POST /sync/v1/push', from), WAIT).toBe(1);
  const beforePush = line.requests.slice(
    from,
    line.requests.findIndex(({ what }, at) => at >= from && what.includes('push')),
  );
  expect(beforePush.length).toBeLessThanOrEqual(1);
  await expect.poll(() => fixture.store.delivery.countUnsent(), WAIT).toBe(0);

  await expect.poll(() => count('PATCH', from), WAIT).toBeGreaterThan(1);
  for (let act = 0; act < 5; act += 1) await client.presence(0);
  expect(begunDuringActs(/^PATCH/)).toEqual([0, 0, 0, 0, 0]);
  expect(fixture.store.scans.imagesToSend(10)).toHaveLength(1);
  // No piece takes the line for long: the first is 64 KiB, and on this line they become smaller.
  const pieces = line.requests.filter(({ what }) => what.startsWith('PATCH')).map(({ bytes }) => bytes);
  expect(Math.max(...pieces)).toBeLessThanOrEqual(64 * 1024);
});

test('what waits to be pushed lets acts pass: at most the request whose turn it was already goes before them', async () => {
  // Hardly to be packed: several requests, each of which takes the line for seconds.
  for (let sequence = 1; sequence <= 400; sequence += 1) accept(sequence, randomBytes(1_450).toString('hex'));
  await expect.poll(() => count('POST /sync/v1/push'), WAIT).toBeGreaterThan(0);
  for (let act = 0; act < 5; act += 1) await client.presence(0);
  expect(fixture.store.delivery.countUnsent()).toBeGreaterThan(0);
  // One may have had its turn already, and was being packed.
  expect(Math.max(...begunDuringActs(/push|pull/))).toBeLessThanOrEqual(1);
});
