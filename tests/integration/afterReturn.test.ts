import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { connectHttp } from '../../link/httpLine.ts';
import type { Line } from '../../link/line.ts';
import { SyncClient } from '../../sync/syncClient.ts';
import { desk, startTestOffice } from '../fixtures/office.ts';
import { startTestService } from '../fixtures/service.ts';
import { openTestStore } from '../fixtures/store.ts';
import { startTcpProxy, type TcpProxy } from '../fixtures/tcpProxy.ts';

/** A supervisor's machine and a real centre, with a network between them that is cut, falls silent, and comes back. */

const WAIT = { timeout: 30_000 };
/** A page gives up after this, ms; a request on the line after 20 s. */
const PAGE_DEADLINE_MS = 15_000;

let office: Awaited<ReturnType<typeof startTestOffice>>;
let line: TcpProxy;
let terminal: ReturnType<typeof startTestService>;

const link = async () => (await terminal.call('sync.status', {})).link;
const declare = (reason: string) => {
  const from = new Date(Date.now() - 60_000).toISOString();
  const command = { commandId: v7(), from, to: null, reason, proof: '故障单 7' };
  return terminal.call('outage.declare', command, 'SUP', 'supervisor');
};
const reasons = async () =>
  (await terminal.call('outage.list', {}, 'SUP', 'supervisor')).rows.map(({ reason }) => reason);

beforeEach(async () => {
  office = await startTestOffice();
  line = await startTcpProxy(office.centre.port);
  const enrolmentCode = await office.centre.createEnrolmentCode({ terminal: 'W17' });
  const url = `http://127.0.0.1:${line.port}`;
  terminal = startTestService({
    staff: [],
    config: { terminal: { id: 'W17', hall: 'main' }, hub: { url, enrolmentCode } },
  });
  await expect.poll(link, WAIT).toBe('connected');
  await terminal.call('session.login', { number: desk('SUP'), password: 'example-pass' }, 'SUP', 'supervisor');
  await vi.waitFor(
    async () => expect(await terminal.call('sync.status', {})).toMatchObject({ waitingOps: 0 }),
    WAIT.timeout,
  );
});
afterEach(async () => {
  await terminal.dispose();
  await line.close();
  await office.dispose();
});

test('whoever presses right after the line is back gets the answer of the centre, however often it was tried before', async () => {
  for (const outage of ['网络中断', '再次中断']) {
    line.cut();
    await expect.poll(link, WAIT).toBe('offline');
    // More often than a line is tried before it is given up.
    for (let time = 0; time < 8; time += 1) await expect(declare(outage)).rejects.toMatchObject({ code: 'offline' });
    line.mend();
    await declare(outage);
    expect(await reasons()).toContain(outage);
    await expect.poll(link, WAIT).toBe('connected');
  }
});

test('while nothing answers it is said long before a request would be given up', async () => {
  line.cut();
  await expect.poll(link, WAIT).toBe('offline');
  line.stall();
  const askedAt = performance.now();
  await expect(declare('网络无应答')).rejects.toMatchObject({ code: 'offline' });
  expect(performance.now() - askedAt).toBeLessThan(PAGE_DEADLINE_MS);
  line.mend();
  await declare('网络无应答');
  expect(await reasons()).toEqual(['网络无应答']);
});

test('a request that hangs on a dead connection holds up nobody who presses once the centre is back', async () => {
  line.cut();
  await expect.poll(link, WAIT).toBe('offline');
  line.stall();
  await expect.poll(() => line.swallowed.join(' '), WAIT).toContain('/sync/v1/');
  line.forget();
  // Twice within the 20 s for which it would hang: a slow machine may answer too late once.
  await declare('设备重启').catch(() => declare('设备重启'));
  expect(await reasons()).toEqual(['设备重启']);
  await expect.poll(link, WAIT).toBe('connected');
});

test('whoever waits behind a dead connection himself goes on when the next one asks, and nobody heard of an outage', async () => {
  const fixture = openTestStore();
  const links: string[] = [];
  const client = new SyncClient({
    ...{ store: fixture.store, terminal: 'W08', hall: 'main', now: Date.now },
    url: `http://127.0.0.1:${line.port}`,
    enrolmentCode: await office.centre.createEnrolmentCode({ terminal: 'W08' }),
    onChange: () => void links.push(client.state.link),
    ...{ onStreams: () => {}, onPublished: () => {}, log: () => {} },
  });
  try {
    await expect.poll(() => client.state.link, WAIT).toBe('connected');
    links.length = 0;
    line.stall();
    const from = new Date().toISOString();
    const command = { kind: 'declare' as const, from, to: null, reason: '断电', proof: '故障单 7' };
    const answered = vi.fn();
    // Of nobody who is known at the centre.
    void client.outage({ commandId: v7(), actor: '9999', command }).catch(({ code }) => answered(code));
    await expect.poll(() => line.swallowed.join(' '), WAIT).toContain('/sync/v1/pull');
    line.forget();
    // Shorter than the request would hang.
    await vi.waitFor(async () => {
      expect(await client.isThere()).toBe(true);
      expect(answered).toHaveBeenCalledExactlyOnceWith('forbidden');
    }, PAGE_DEADLINE_MS);
    expect(links).toEqual([]);
  } finally {
    await client.stop();
    fixture.dispose();
  }
});

test('a line that was given up is tried for who stands at the window', async () => {
  const fixture = openTestStore();
  const lines: Line[] = [];
  const client = new SyncClient({
    ...{ store: fixture.store, terminal: 'W08', hall: 'main', now: Date.now },
    url: `http://127.0.0.1:${line.port}`,
    enrolmentCode: await office.centre.createEnrolmentCode({ terminal: 'W08' }),
    connect: (url) => {
      lines.push(connectHttp(url));
      return lines.at(-1) as Line;
    },
    ...{ onChange: () => {}, onStreams: () => {}, onPublished: () => {}, log: () => {} },
  });
  // Of nobody who is known at the centre.
  const call = () =>
    client.queue({ commandId: v7(), actor: '9999', command: { kind: 'next' } }).then(
      () => 'done',
      ({ code }) => code,
    );
  try {
    await expect.poll(() => client.state.link, WAIT).toBe('connected');
    const known = await call();
    line.cut();
    await vi.waitFor(async () => {
      expect(await call()).toMatch(/^(offline|deadline)$/);
      expect(lines[0]?.isGivenUp).toBe(true);
    }, WAIT.timeout);
    line.mend();
    expect(await call()).toBe(known);
    expect(known).toBe('forbidden');
  } finally {
    await client.stop();
    fixture.dispose();
  }
});
