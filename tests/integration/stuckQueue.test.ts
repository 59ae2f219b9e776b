import { afterEach, expect, test } from 'vitest';
import { connectHttp } from '../../link/httpLine.ts';
import { type Connect, LineError } from '../../link/line.ts';
import { Health } from '../../service/health/health.ts';
import { HealthWatch } from '../../service/health/watch.ts';
import { SyncClient } from '../../sync/syncClient.ts';
import { acceptance } from '../fixtures/acceptance.ts';
import { startTestCentre } from '../fixtures/centre.ts';
import { caseStream, openTestStore } from '../fixtures/store.ts';

/** A real store and sync client against a real centre whose pushes fail while everything else is answered. */

const WAIT = { timeout: 45_000 };
const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

async function open() {
  const running = await startTestCentre();
  endings.push(() => running.dispose());
  const fixture = openTestStore();
  endings.push(() => fixture.dispose());
  let answers: 'well' | 'refusing' | 'busy' | 'away' = 'well';
  const connect: Connect = (url) => {
    const line = connectHttp(url);
    const { exchange } = line;
    return Object.assign(line, {
      async exchange(request: Parameters<typeof exchange>[0]) {
        if (answers === 'away') throw new LineError(new Error('nobody there'), false);
        if (answers === 'well' || !request.path.endsWith('/push')) return exchange.call(line, request);
        const retryAfterMs = answers === 'busy' ? 500 : null;
        return { ok: false, status: answers === 'busy' ? 503 : 400, body: {}, retryAfterMs };
      },
    });
  };
  let clock = 0;
  const client = new SyncClient({
    store: fixture.store,
    url: running.centre.url,
    terminal: 'W07',
    hall: 'main',
    enrolmentCode: await running.centre.createEnrolmentCode({ terminal: 'W07' }),
    connect,
    now: Date.now,
    monotonic: () => clock,
    onChange: () => {},
    onStreams: () => {},
    onPublished: () => {},
    log: () => {},
  });
  endings.push(() => client.stop());
  const health = new Health(Date.now, () => {});
  const watch = new HealthWatch({
    health,
    store: fixture.store,
    sync: () => client,
    spoken: () => null,
    monotonic: () => clock,
  });
  endings.push(() => watch.stop());
  await expect.poll(() => client.state.link, WAIT).toBe('connected');
  return {
    client,
    health,
    set answers(next: typeof answers) {
      answers = next;
    },
    accept(sequence: number) {
      const body = acceptance(sequence, { number: `2026112707000${sequence}`, window: 'W07' });
      fixture.store.ledger.append({ kind: 'case.accepted', stream: caseStream(), actor: '1001', body });
      client.notify();
    },
    /** A minute and more by the clock, with an attempt and a look every five seconds. */
    async minute() {
      for (let looks = 0; looks < 14; looks += 1) {
        clock += 5_000;
        await client.sendWaiting();
        // What the window asks by itself every two seconds.
        await client.hall.presences().catch(() => {});
        watch.look();
      }
    },
    unsent: () => fixture.store.delivery.countUnsent(),
  };
}

test('a record that is not taken for a minute while the centre answers is an alarm, and none once it is taken', async () => {
  const terminal = await open();
  terminal.answers = 'refusing';
  terminal.accept(1);
  await expect.poll(() => terminal.client.trouble, WAIT).toMatchObject({ kind: 'protocol' });
  await terminal.minute();
  expect(terminal.health.list()).toMatchObject([{ code: 'sync-stuck', detail: { waiting: 1, epoch: 1, seq: 1 } }]);
  terminal.answers = 'well';
  await terminal.minute();
  expect(terminal.unsent()).toBe(0);
  expect(terminal.health.list()).toEqual([]);
});

test('whoever was asked to come again later, or finds nobody there, waits without an alarm', async () => {
  const terminal = await open();
  terminal.answers = 'busy';
  terminal.accept(1);
  await expect.poll(() => terminal.client.trouble, WAIT).toMatchObject({ isAskedToWait: true });
  await terminal.minute();
  expect(terminal.health.list()).toEqual([]);
  terminal.answers = 'away';
  await expect.poll(() => terminal.client.trouble, WAIT).toMatchObject({ isAskedToWait: false });
  await terminal.minute();
  expect(terminal.unsent()).toBe(1);
  expect(terminal.health.list()).toEqual([]);
});
