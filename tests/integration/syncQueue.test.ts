import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readMeta } from '../../db/meta.ts';
import { SyncClient } from '../../sync/syncClient.ts';
import { HALL_BODIES } from '../fixtures/hallBodies.ts';
import { startQueueHall, TAKE } from '../fixtures/queueDesk.ts';
import { openTestStore } from '../fixtures/store.ts';

/** What goes over the line for one command of the queue, and for one hint: counted at the line itself. */

let hall: Awaited<ReturnType<typeof startQueueHall>>;
let fixture: ReturnType<typeof openTestStore>;
let client: SyncClient;
const asked: string[] = [];
const real = globalThis.fetch;

beforeEach(async () => {
  hall = await startQueueHall({ windows: ['W09'] });
  fixture = openTestStore();
  globalThis.fetch = (input, init) => {
    const { pathname, searchParams } = new URL(String(input));
    const { authorization } = (init?.headers ?? {}) as Record<string, string | undefined>;
    // Others ask in this process too.
    if (authorization === `Bearer ${readMeta(fixture.store.db, 'hub-token')}`) {
      const what = pathname.split('/').slice(3).join('/');
      asked.push(`${init?.method ?? 'GET'} ${what} ${searchParams.get('scope') ?? ''}`.trim());
    }
    return real(input, init);
  };
  client = new SyncClient({
    store: fixture.store,
    url: hall.centre.url,
    terminal: 'K02',
    hall: 'main',
    enrolmentCode: await hall.centre.createEnrolmentCode({ terminal: 'K02' }),
    now: () => hall.clock.now,
    onChange: () => {},
    onStreams: () => {},
    onPublished: () => {},
    log: () => {},
  });
  await vi.waitFor(() => expect(asked).toContain('GET live'), 45_000);
  await quiet();
  asked.length = 0;
});
afterEach(async () => {
  globalThis.fetch = real;
  await client.stop();
  fixture.dispose();
  await hall.dispose();
});

/** Until what the hub has is here. */
function quiet() {
  return vi.waitFor(async () => {
    const { head } = await hall.at('W09').pull('hall:main');
    expect(fixture.store.delivery.cursor('hall:main')).toBe(head);
  });
}

const take = () => client.queue({ commandId: v7(), actor: 'kiosk', command: TAKE });

test('a command is one request before its answer, and what it changed is pulled from that scope alone', async () => {
  const answering = take().then((answer) => ({ answer, before: asked.slice() }));
  const { answer, before } = await answering;
  expect(before).toEqual(['POST queue']);
  await vi.waitFor(() => expect(fixture.store.hall.ticket(answer.ticket?.id ?? '')).toEqual(answer.ticket), 45_000);
  await quiet();
  expect(new Set(asked.slice(1))).toEqual(new Set(['GET pull hall:main']));
});

test('what waits here goes before the command', async () => {
  const body = { ...HALL_BODIES['signer.announced'], terminal: 'K02' };
  const stream = `signer:${fixture.store.ledger.device}`;
  fixture.store.ledger.append({ kind: 'signer.announced', stream, actor: 'system', body });
  await take();
  expect(asked.slice(0, 2)).toEqual(['POST push', 'POST queue']);
  expect(fixture.store.delivery.countUnsent()).toBe(0);
});

test('a hint about the hall pulls the hall and nothing else', async () => {
  await hall.at('K01').ticket(TAKE);
  await quiet();
  expect(new Set(asked)).toEqual(new Set(['GET pull hall:main']));
});

test('a hub that is not there is told apart from an answer that was lost', async () => {
  await hall.centre.close();
  // A request on a connection that is just being closed may have been done.
  await vi.waitFor(() => expect(client.state.link).toBe('offline'), 45_000);
  await expect(take()).rejects.toMatchObject({ code: 'offline' });
});
