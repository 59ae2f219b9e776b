import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Centre } from '../../centre/options.ts';
import { startCentre } from '../../centre/start.ts';
import { readMeta } from '../../db/meta.ts';
import { connectHttp } from '../../link/httpLine.ts';
import { type Line, LineError } from '../../link/line.ts';
import { SyncClient } from '../../sync/syncClient.ts';
import { openTestStore } from '../fixtures/store.ts';

/** An enrolment whose answer never arrives: the code is spent, and its machine must not stay outside for ever. */

const WAIT = { timeout: 45_000 };
let dir: string;
let centre: Centre;
beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'yichuang-enrol-'));
  centre = await startCentre({ dataDir: dir, logger: pino({ level: 'silent' }) });
});
afterEach(async () => {
  await centre.close();
  rmSync(dir, { recursive: true, force: true });
});

function join(fixture: ReturnType<typeof openTestStore>, code: string, connect: (url: string) => Line = connectHttp) {
  return new SyncClient({
    ...{
      store: fixture.store,
      url: centre.url,
      terminal: 'W07',
      hall: 'main',
      enrolmentCode: code,
      now: Date.now,
      connect,
    },
    ...{ onChange: () => {}, onStreams: () => {}, onPublished: () => {}, log: () => {} },
  });
}

/** The request arrives, its answer does not. */
function losingEnrolments(url: string): Line {
  const line = connectHttp(url);
  return {
    headers: line.headers,
    setToken: (token) => line.setToken(token),
    hints: (at, signal) => line.hints(at, signal),
    async exchange(exchange) {
      const answer = await line.exchange(exchange);
      if (exchange.path.endsWith('/enrol')) throw new LineError(new Error('lost'), true);
      return answer;
    },
  };
}

test('the machine that spent a code joins with it after its answer was lost, also after a restart of the program', async () => {
  const code = await centre.createEnrolmentCode({ terminal: 'W07' });
  const fixture = openTestStore();
  const lost = join(fixture, code, losingEnrolments);
  await expect.poll(() => centre.stats().devices, WAIT).toBe(1);
  await lost.stop();
  expect(readMeta(fixture.store.db, 'device-key')).toBeNull();

  fixture.reopen();
  const again = join(fixture, code);
  await expect.poll(() => again.state.link, WAIT).toBe('connected');
  expect(centre.stats().devices).toBe(1);
  await again.stop();

  const stranger = openTestStore();
  const other = join(stranger, code);
  await expect.poll(() => other.state.link, WAIT).toBe('refused');
  await other.stop();
  for (const each of [fixture, stranger]) each.dispose();
});

test('a code that was spent brings back nobody who was taken out of service, and no other key', async () => {
  const code = await centre.createEnrolmentCode({ terminal: 'W07' });
  const fixture = openTestStore();
  const client = join(fixture, code);
  await expect.poll(() => client.state.link, WAIT).toBe('connected');
  await client.stop();
  const ask = (publicKey: string) =>
    connectHttp(centre.url).exchange({
      method: 'POST',
      path: '/sync/v1/enrol',
      body: { code, device: fixture.store.ledger.device, terminal: 'W07', publicKey },
    });
  const own = fixture.store.identity.key().publicKey;
  expect((await ask(own)).ok).toBe(true);
  expect((await ask(own.replace(/^.{40}/, (start) => [...start].reverse().join('')))).ok).toBe(false);
  await centre.revokeDevice(fixture.store.ledger.device);
  expect((await ask(own)).ok).toBe(false);
  fixture.dispose();
});
