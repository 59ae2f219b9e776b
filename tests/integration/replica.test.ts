import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { compactHallOffline } from '../../centre/command.ts';
import type { Centre } from '../../centre/options.ts';
import { startCentre } from '../../centre/start.ts';
import { verifyDatabase } from '../../db/verify.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import { SyncClient } from '../../sync/syncClient.ts';
import { acceptance } from '../fixtures/acceptance.ts';
import { startBufferingProxy } from '../fixtures/bufferingProxy.ts';
import { call, jsonRequest } from '../fixtures/centre.ts';
import { caseStream, openTestStore } from '../fixtures/store.ts';

/** Terminals as replicas of what a real centre has, over TCP: snapshots, digests, and hints that do not come through. */

const WAIT = { timeout: 45_000 };
const DAY_MS = 24 * 3_600_000;

let dir: string;
let now: number;
let centre: Centre;
const opened: { stop(): Promise<void> }[] = [];

async function start(port = 0): Promise<void> {
  centre = await startCentre({
    dataDir: path.join(dir, 'centre'),
    port,
    now: () => now,
    logger: pino({ level: 'silent' }),
  });
}

beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'yichuang-replica-'));
  now = Date.now() - 30 * DAY_MS;
  await start();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.stop()));
  await centre.close();
  rmSync(dir, { recursive: true, force: true });
});

async function join(terminal: string, url = centre.url) {
  const fixture = openTestStore();
  const { ledger, delivery } = fixture.store;
  const log: string[] = [];
  const differs: (string | null)[] = [];
  const enrolmentCode = await centre.createEnrolmentCode({ terminal });
  let client: SyncClient | null = null;
  const self = {
    fixture,
    log,
    differs,
    connect() {
      client = new SyncClient({
        ...{ store: fixture.store, url, terminal, hall: 'main', enrolmentCode, now: () => now },
        onChange: () => {},
        onStreams: () => {},
        onPublished: () => {},
        onScopeDiffers: (scope) => differs.push(scope),
        log: (event, fields) => log.push(`${event} ${JSON.stringify(fields)}`),
      });
      return self;
    },
    accept(sequence: number) {
      const number = `20261123${terminal.slice(1)}${String(sequence).padStart(4, '0')}`;
      const body = acceptance(sequence, { number, window: terminal });
      const { op } = ledger.append({ kind: 'case.accepted', stream: caseStream(), actor: '1001', body });
      client?.notify();
      return op;
    },
    session() {
      const stream = caseStream().replace('case:', 'session:');
      ledger.append({ kind: 'session.opened', stream, actor: '1001', body: { staff: '1001', terminal } });
      const body = { staff: '1001', terminal, reason: 'logout' as const };
      ledger.append({ kind: 'session.closed', stream, actor: '1001', body });
      client?.notify();
    },
    withdraw(stream: string) {
      const body = { transition: 'T40' as const, data: { reason: '双方协商撤回', signed: ['张三'] } };
      ledger.append({ kind: 'case.advanced', stream, actor: '1001', body });
      client?.notify();
    },
    /** Rows of other machines that the centre does not have. */
    lone: () => delivery.reread.count(),
    /** Everything is there, and here. */
    settled: () => expect.poll(() => [delivery.countUnsent(), client?.state.link], WAIT).toEqual([0, 'connected']),
    refused: () => log.filter((line) => line.startsWith('row-lone-refused')),
    position: () => delivery.position('hall:main'),
    numbers: () =>
      (fixture.store.db.prepare('SELECT number FROM case_file ORDER BY number').pluck().all() as string[]).map((each) =>
        each.slice(8),
      ),
    count: (table: string) => fixture.store.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
    async disconnect() {
      await client?.stop();
      client = null;
    },
    async stop() {
      await self.disconnect();
      fixture.dispose();
    },
  };
  opened.push(self);
  return self;
}

type Terminal = Awaited<ReturnType<typeof join>>;

/** Both have taken the same ops in the same order. */
const alike = (a: Terminal, b: Terminal) =>
  expect.poll(() => isDeepStrictEqual(a.position(), b.position()), WAIT).toBe(true);

describe('a terminal that comes after the past was compacted', () => {
  test('takes a snapshot: the cases and no past sessions; its own op that waits is kept, and both are one replica then', async () => {
    const w07 = (await join('W07')).connect();
    for (let sequence = 1; sequence <= 3; sequence += 1) w07.accept(sequence);
    for (let count = 0; count < 5; count += 1) w07.session();
    await w07.settled();
    now = Date.now();
    w07.accept(4);
    await w07.settled();
    const compacted = await compactHallOffline(path.join(dir, 'centre'), 'main', hallDay(now));
    expect(compacted).toMatchObject({ leftOut: 10 });

    const w08 = await join('W08');
    w08.accept(1);
    w08.connect();
    await expect.poll(w08.numbers, WAIT).toEqual(['070001', '070002', '070003', '070004', '080001']);
    await w08.settled();
    await alike(w07, w08);
    expect([w07.count('staff_session'), w08.count('staff_session')]).toEqual([5, 0]);
    expect(w08.log.filter((line) => line.startsWith('sync-failed') && !line.includes('offline'))).toEqual([]);
    expect(w08.differs).toEqual([]);
    expect(verifyDatabase(w08.fixture.store.db)).toEqual([]);

    // And from there on it follows like any other, also when it comes again.
    await w08.disconnect();
    w07.accept(5);
    w08.connect();
    await expect.poll(w08.numbers, WAIT).toContain('070005');
    await alike(w07, w08);
  });
});

describe('a centre that was put back to an older copy', () => {
  const copy = () => path.join(dir, 'copy');
  const putBack = async () => {
    const { port } = centre;
    await centre.close();
    rmSync(path.join(dir, 'centre'), { recursive: true });
    cpSync(copy(), path.join(dir, 'centre'), { recursive: true });
    return port;
  };
  const takeCopy = async () => {
    const { port } = centre;
    await centre.close();
    cpSync(path.join(dir, 'centre'), copy(), { recursive: true });
    await start(port);
  };

  test('has other ops under the positions that were read: a terminal notices by the digest, says so, and reads them', async () => {
    const w07 = (await join('W07')).connect();
    const w08 = (await join('W08')).connect();
    w07.accept(1);
    await w07.settled();
    await takeCopy();
    // What comes now is lost at the centre; the terminals have it.
    w07.accept(2);
    await expect.poll(w08.numbers, WAIT).toEqual(['070001', '070002']);
    await Promise.all([w07.settled(), w08.settled()]);
    await Promise.all([w07.disconnect(), w08.disconnect()]);
    const before = w08.position();
    await start(await putBack());
    // Others come first, and fill the positions up to where W08 has read, and beyond.
    const w09 = (await join('W09')).connect();
    for (let sequence = 1; sequence <= 3; sequence += 1) w09.accept(sequence);
    await w09.settled();
    expect(w09.position().pos).toBeGreaterThanOrEqual(before.pos);
    w08.connect();
    w07.connect();
    const all = ['070001', '070002', '090001', '090002', '090003'];
    for (const terminal of [w07, w08, w09]) await expect.poll(terminal.numbers, WAIT).toEqual(all);
    await alike(w07, w09);
    await alike(w08, w09);
    await expect.poll(() => w08.differs, WAIT).toEqual(['hall:main', null]);
    for (const terminal of [w07, w08, w09]) expect(verifyDatabase(terminal.fixture.store.db)).toEqual([]);
  });

  test('has fewer than were read: a terminal reads it anew instead of waiting for the positions to come', async () => {
    const w07 = (await join('W07')).connect();
    const w08 = (await join('W08')).connect();
    w07.accept(1);
    await w07.settled();
    await takeCopy();
    for (let sequence = 2; sequence <= 4; sequence += 1) w07.accept(sequence);
    await expect.poll(w08.numbers, WAIT).toHaveLength(4);
    await Promise.all([w07.disconnect(), w08.disconnect()]);
    await start(await putBack());
    w08.connect();
    await expect.poll(() => w08.differs, WAIT).toEqual(['hall:main', null]);
    w08.accept(1);
    w07.connect();
    await expect.poll(() => [w07.numbers().length, w08.numbers().length], WAIT).toEqual([5, 5]);
    await alike(w07, w08);
  });

  test('and rows that it lost are told, and count only where it has not gone on without them, until they are sent again', async () => {
    for (const [number, role] of [
      ['1001', 'WIN'],
      ['2003', 'FEE'],
    ] as const)
      await centre.upsertStaff({ number, name: `示例${role}`, roles: [role], password: 'example-pass' });
    const [w07, w08] = [(await join('W07')).connect(), (await join('W08')).connect()];
    const recordAt = (terminal: Terminal, stream: string) =>
      terminal.fixture.store.cases.find(stream.slice('case:'.length))?.record;
    const kept = w07.accept(1).stream;
    await expect.poll(() => recordAt(w08, kept)?.state, WAIT).toBe('PARALLEL');
    const { version } = recordAt(w08, kept) ?? { version: 0 };
    await w07.settled();
    await takeCopy();
    const lost = w07.accept(2).stream;
    w07.withdraw(kept);
    await expect
      .poll(() => [recordAt(w08, kept)?.state, recordAt(w08, lost)?.state], WAIT)
      .toEqual(['WITHDRAWN', 'PARALLEL']);
    await Promise.all([w07.settled(), w08.settled()]);
    await Promise.all([w07.disconnect(), w08.disconnect()]);
    await start(await putBack());
    // The fee desk goes on with the case that the centre still has as it was.
    const code = await centre.createEnrolmentCode({ terminal: 'W09' });
    const device = crypto.randomUUID();
    // Connections of before the restart are dead, and found so one after the other.
    const enrolled = await vi.waitFor(
      () => call(centre.url, '/sync/v1/enrol', jsonRequest({ code, device, terminal: 'W09' })),
      45_000,
    );
    const change = { kind: 'lane', change: { lane: 'FEE', event: 'claim' } };
    const command = {
      commandId: crypto.randomUUID(),
      actor: '2003',
      caseId: kept.slice(5),
      baseVersion: version,
      change,
    };
    const { token } = enrolled.body as { token: string };
    const acted = await vi.waitFor(() => call(centre.url, '/office/v1/act', jsonRequest(command, token)), 45_000);
    expect(acted.status).toBe(200);

    w08.connect();
    await expect.poll(() => w08.differs, WAIT).toEqual(['hall:main', null]);
    expect(recordAt(w08, kept)).toMatchObject({ state: 'PARALLEL', lanes: { FEE: { state: 'CLAIMED' } } });
    expect(recordAt(w08, lost)).toMatchObject({ state: 'PARALLEL' });
    expect(w08.lone()).toBeGreaterThanOrEqual(3);
    expect(w08.log.filter((line) => line.startsWith('row-lone'))).toHaveLength(w08.lone());
    expect(w08.log.join()).not.toContain('张三');
    expect(verifyDatabase(w08.fixture.store.db)).toEqual([]);

    // Its own machine comes back: the lost case is sent again, the step that came too late is refused.
    w07.connect();
    await expect.poll(() => recordAt(w07, kept)?.lanes.FEE.state, WAIT).toBe('CLAIMED');
    await w07.settled();
    await expect.poll(() => isDeepStrictEqual(recordAt(w07, lost), recordAt(w08, lost)), WAIT).toBe(true);
    await alike(w07, w08);
    expect(recordAt(w07, kept)).toEqual(recordAt(w08, kept));
    // Whoever read that step hears that it was refused. Alone is only what the centre itself had done, and did again.
    await expect.poll(w08.refused, WAIT).toEqual([expect.stringContaining(w07.fixture.store.ledger.device)]);
    expect(w08.lone()).toBe(1);
    expect(verifyDatabase(w08.fixture.store.db)).toEqual([]);
    for (const each of [w07, w08]) expect(verifyDatabase(each.fixture.store.db)).toEqual([]);
  });
});

test('behind a proxy that keeps back what does not end, a terminal hears of news by waiting for it', async () => {
  const proxy = await startBufferingProxy(centre.port);
  try {
    const w07 = (await join('W07')).connect();
    const w08 = (await join('W08', proxy.url)).connect();
    const asked = (what: string) => proxy.requests.filter((line) => line.startsWith(`GET /sync/v1/${what}`)).length;
    await expect.poll(() => asked('wait'), { timeout: 45_000 }).toBeGreaterThan(0);
    expect(asked('live')).toBe(1);
    await w08.settled();
    const hellos = proxy.requests.length;
    const waits = asked('wait');
    w07.accept(1);
    await expect.poll(w08.numbers, WAIT).toEqual(['070001']);
    // By the answer to a question: what came next is the pull of that scope, and the next question.
    const after = proxy.requests.slice(hellos).map((line) => /v1\/([a-z]+)/.exec(line)?.[1]);
    expect(after).not.toContain('hello');
    await expect.poll(() => asked('wait'), WAIT).toBeGreaterThan(waits);
    expect(asked('live')).toBe(1);
  } finally {
    await Promise.all(opened.splice(0).map((each) => each.stop()));
    await proxy.close();
  }
});
