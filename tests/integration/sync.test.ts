import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Centre } from '../../centre/options.ts';
import { startCentre } from '../../centre/start.ts';
import { verifyDatabase } from '../../db/verify.ts';
import { SyncClient } from '../../sync/syncClient.ts';
import { acceptance } from '../fixtures/acceptance.ts';
import { caseStream, openTestStore } from '../fixtures/store.ts';

/** Real terminals' stores and sync clients against a real centre over TCP. */

let dir: string;
let centre: Centre;
const opened: { stop(): Promise<void> }[] = [];
const silent = pino({ level: 'silent' });

beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'yichuang-centre-'));
  centre = await startCentre({ dataDir: dir, logger: silent });
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.stop()));
  await centre.close();
  rmSync(dir, { recursive: true, force: true });
});

function openTerminal(terminal: string) {
  const fixture = openTestStore();
  let client: SyncClient | null = null;
  const log: string[] = [];
  const heard: string[] = [];
  const self = {
    fixture,
    log,
    heard,
    get state() {
      return client?.state;
    },
    connect(enrolmentCode?: string, url = centre.url) {
      client = new SyncClient({
        store: fixture.store,
        url,
        terminal,
        hall: 'main',
        enrolmentCode,
        now: Date.now,
        onChange: () => {},
        onStreams: (streams) => heard.push(...streams),
        onPublished: () => heard.push('published'),
        log: (event, fields) => log.push(`${event} ${JSON.stringify(fields)}`),
      });
    },
    accept(sequence: number) {
      const number = `20261123${terminal.slice(1)}${String(sequence).padStart(4, '0')}`;
      const { op } = fixture.store.ledger.append({
        kind: 'case.accepted',
        stream: caseStream(),
        actor: '1001',
        body: acceptance(sequence, { number, window: terminal }),
      });
      client?.notify();
      return op;
    },
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

const waiting = (terminal: ReturnType<typeof openTerminal>) => terminal.fixture.store.delivery.counts().waitingOps;

describe('a terminal and the centre', () => {
  test('cases made before, during and after an outage are at the centre once each', async () => {
    const terminal = openTerminal('W07');
    terminal.accept(1);
    terminal.connect(await centre.createEnrolmentCode({ terminal: 'W07' }));
    // The first of this file: nothing is warm yet.
    await expect.poll(() => waiting(terminal), { timeout: 45_000 }).toBe(0);
    expect([...new Set(terminal.heard)]).toEqual([terminal.fixture.store.ledger.readAfter(0, 1)[0]?.stream]);
    const { port } = centre;
    await centre.close();
    for (const sequence of [2, 3, 4]) terminal.accept(sequence);
    await expect.poll(() => terminal.state?.link).toBe('offline');
    centre = await startCentre({ dataDir: dir, port, logger: silent });
    await expect.poll(() => waiting(terminal), { timeout: 45_000 }).toBe(0);
    terminal.accept(5);
    await expect.poll(() => centre.stats().cases, { timeout: 45_000 }).toBe(5);
    expect(centre.listCases().map((each) => each.opCount)).toEqual([2, 2, 2, 2, 2]);
    expect(verifyDatabase(terminal.fixture.store.db)).toEqual([]);
  });

  test('two terminals see each other’s cases, and staff made at the centre, without asking', async () => {
    const [a, b] = [openTerminal('W07'), openTerminal('W08')];
    a.connect(await centre.createEnrolmentCode({ terminal: 'W07' }));
    b.connect(await centre.createEnrolmentCode({ terminal: 'W08' }));
    await expect.poll(() => [a.state?.link, b.state?.link]).toEqual(['connected', 'connected']);
    await centre.upsertStaff({ number: '1001', name: '王敏', roles: ['WIN'], password: 'Yichuang-1001' });
    await expect.poll(() => b.fixture.store.staff.findActive('1001')?.name).toBe('王敏');
    a.accept(1);
    await expect.poll(() => b.fixture.store.cases.find('20261123070001')?.place).toBe('centre');
    b.accept(1);
    await expect.poll(() => a.fixture.store.cases.find('20261123080001')?.place).toBe('centre');
    for (const { fixture } of [a, b]) expect(verifyDatabase(fixture.store.db)).toEqual([]);
  });

  test('a thousand ops drain in order and in batches', async () => {
    const terminal = openTerminal('W07');
    terminal.fixture.store.ledger.transact(() => {
      for (let i = 1; i <= 1000; i++) terminal.accept(i);
    });
    terminal.connect(await centre.createEnrolmentCode({ terminal: 'W07' }));
    await expect.poll(() => waiting(terminal), { timeout: 45_000 }).toBe(0);
    // So many are held first, and judged after.
    await expect.poll(() => centre.stats().cases, { timeout: 45_000 }).toBe(1000);
  });

  test('an op the centre rejects is set aside and the next ones arrive', async () => {
    const [a, b] = [openTerminal('W07'), openTerminal('W08')];
    const number = '20261123070001';
    a.accept(1);
    a.connect(await centre.createEnrolmentCode({ terminal: 'W07' }));
    await expect.poll(() => waiting(a)).toBe(0);
    b.fixture.store.ledger.append({
      kind: 'case.accepted',
      stream: caseStream(),
      actor: '1002',
      body: acceptance(1, { number, window: 'W08' }),
    });
    b.accept(2);
    b.connect(await centre.createEnrolmentCode({ terminal: 'W08' }));
    await expect.poll(() => waiting(b)).toBe(0);
    expect(b.fixture.store.delivery.counts().rejected).toBe(1);
    expect(b.fixture.store.cases.find(number)?.place).toBe('rejected');
    await expect.poll(() => a.fixture.store.cases.find('20261123080002')?.place).toBe('centre');
    expect(centre.stats().cases).toBe(2);
  });

  test('a restarted terminal goes on with its token and needs no second code', async () => {
    const terminal = openTerminal('W07');
    terminal.connect(await centre.createEnrolmentCode({ terminal: 'W07' }));
    await expect.poll(() => terminal.state?.link).toBe('connected');
    await terminal.disconnect();
    terminal.accept(1);
    terminal.connect();
    await expect.poll(() => waiting(terminal)).toBe(0);
  });

  test('a terminal that is sent to another centre or hub reads it from the beginning: positions are each one’s own', async () => {
    const terminal = openTerminal('W07');
    terminal.connect(await centre.createEnrolmentCode({ terminal: 'W07' }));
    for (const sequence of [1, 2, 3]) terminal.accept(sequence);
    await expect.poll(() => waiting(terminal)).toBe(0);
    await expect.poll(() => terminal.fixture.store.delivery.cursor('hall:main')).toBeGreaterThan(2);
    await terminal.disconnect();
    const otherDir = mkdtempSync(path.join(tmpdir(), 'yichuang-centre-'));
    const other = await startCentre({ dataDir: otherDir, logger: silent });
    try {
      await other.upsertStaff({ number: '1009', name: '李娜', roles: ['WIN'], password: 'Yichuang-1009' });
      terminal.connect(await other.createEnrolmentCode({ terminal: 'W07' }), other.url);
      await expect.poll(() => terminal.fixture.store.staff.findActive('1009')?.name).toBe('李娜');
      expect(other.stats().cases).toBe(3);
    } finally {
      await terminal.disconnect();
      await other.close();
      rmSync(otherDir, { recursive: true, force: true });
    }
  });

  test('a wrong code is refused, said so, and loses nothing', async () => {
    const terminal = openTerminal('W07');
    terminal.accept(1);
    terminal.connect('not-a-code-of-ours');
    await expect.poll(() => terminal.state?.link).toBe('refused');
    expect(waiting(terminal)).toBe(1);
    expect(terminal.log.join()).not.toContain('220402199003071231');
  });

  test('a device whose token was withdrawn is refused and keeps its cases', async () => {
    const terminal = openTerminal('W07');
    terminal.connect(await centre.createEnrolmentCode({ terminal: 'W07' }));
    await expect.poll(() => terminal.state?.link).toBe('connected');
    await centre.revokeDevice(terminal.fixture.store.ledger.device);
    terminal.accept(1);
    await expect.poll(() => terminal.state?.link).toBe('refused');
    expect(waiting(terminal)).toBe(1);
  });

  test('a copy of the data directory that went on by itself is noticed: a new epoch, and both histories are kept', async () => {
    const terminal = openTerminal('W07');
    terminal.connect(await centre.createEnrolmentCode({ terminal: 'W07' }));
    terminal.accept(1);
    await expect.poll(() => waiting(terminal)).toBe(0);
    await terminal.disconnect();
    terminal.fixture.store.db.exec(
      'DELETE FROM case_key; DELETE FROM case_file; DELETE FROM op; DELETE FROM push_state; DELETE FROM pull_cursor',
    );
    terminal.accept(9);
    terminal.connect();
    await expect.poll(() => terminal.log.join('\n')).toContain('"reason":"cloned"');
    await expect.poll(() => [terminal.state?.link, waiting(terminal)]).toEqual(['connected', 0]);
    expect(terminal.fixture.store.ledger.epoch).toBe(2);
    expect(centre.stats().cases).toBe(2);
    // What was lost here came back from the centre.
    await expect.poll(() => terminal.fixture.store.cases.search('', 10).total).toBe(2);
    expect(verifyDatabase(terminal.fixture.store.db)).toEqual([]);
  });

  test('the offset of the clocks is known after the first contact', async () => {
    const terminal = openTerminal('W07');
    terminal.connect(await centre.createEnrolmentCode({ terminal: 'W07' }));
    await expect.poll(() => terminal.state?.clockOffsetMs).not.toBeNull();
    expect(Math.abs(terminal.state?.clockOffsetMs ?? 1e9)).toBeLessThan(5_000);
  });
});
