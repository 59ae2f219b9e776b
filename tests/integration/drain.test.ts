import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Centre } from '../../centre/options.ts';
import { startCentre } from '../../centre/start.ts';
import {
  PREFER_HEADER,
  PREFERS_MINIMAL,
  type PullAnswer,
  type PushAnswer,
  type PushRequest,
} from '../../contract/sync.ts';
import { verifyDatabase } from '../../db/verify.ts';
import { connectHttp } from '../../link/httpLine.ts';
import { type Exchange, type Line, type LineAnswer, LineError } from '../../link/line.ts';
import { SyncClient } from '../../sync/syncClient.ts';
import { acceptance } from '../fixtures/acceptance.ts';
import { caseStream, openTestStore } from '../fixtures/store.ts';

/** A terminal that was offline for long hands over what it has: in which order, and what each side is told about it. */

const CASES = 700;
const WAIT = { timeout: 45_000 };

let dir: string;
let centre: Centre;
let fixture: ReturnType<typeof openTestStore>;
let client: SyncClient | null = null;

beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'yichuang-drain-'));
  centre = await startCentre({ dataDir: dir, logger: pino({ level: 'silent' }) });
  fixture = openTestStore();
  const { ledger } = fixture.store;
  ledger.transact(() => {
    for (let sequence = 1; sequence <= CASES; sequence += 1) {
      const body = acceptance(sequence, { number: `2026112307${String(sequence).padStart(4, '0')}`, window: 'W07' });
      ledger.append({ kind: 'case.accepted', stream: caseStream(), actor: '1001', body });
    }
  });
});
afterEach(async () => {
  await client?.stop();
  client = null;
  fixture.dispose();
  await centre.close();
  rmSync(dir, { recursive: true, force: true });
});

type Ask = (exchange: Exchange) => Promise<LineAnswer>;

/** Connects the terminal by a line on which something happens. */
async function connect(onLine: (exchange: Exchange, ask: Ask) => Promise<LineAnswer>): Promise<void> {
  const enrolmentCode = await centre.createEnrolmentCode({ terminal: 'W07' });
  client = new SyncClient({
    ...{ store: fixture.store, url: centre.url, terminal: 'W07', hall: 'main', enrolmentCode, now: Date.now },
    connect: (url): Line => {
      const http = connectHttp(url);
      return {
        headers: http.headers,
        setToken: (token) => http.setToken(token),
        isGivenUp: false,
        exchange: (exchange) => onLine(exchange, (each) => http.exchange(each)),
        hints: (at, signal) => http.hints(at, signal),
      };
    },
    ...{ onChange: () => {}, onStreams: () => {}, onPublished: () => {}, log: () => {} },
  });
}

const readPush = ({ body }: Exchange) => JSON.parse(Buffer.from(body as Uint8Array).toString()) as PushRequest;
const isPush = ({ path: to }: Exchange) => to.endsWith('/push');
const waiting = () => fixture.store.delivery.countUnsent();
const everything = async () => {
  await expect.poll(waiting, WAIT).toBe(0);
  await expect.poll(() => fixture.store.delivery.cursor('hall:main'), WAIT).toBe(2 * CASES);
  expect(centre.listCases().map(({ opCount }) => opCount)).toEqual(Array(CASES).fill(2));
  expect(verifyDatabase(fixture.store.db)).toEqual([]);
};

test('one push is on the line at a time, and with each answer the next goes out before that answer is written down', async () => {
  const pushes: { first: number; last: number; acked: number; underWay: number }[] = [];
  let underWay = 0;
  await connect(async (exchange, ask) => {
    if (!isPush(exchange)) return ask(exchange);
    const { ops } = readPush(exchange);
    const { acked } = fixture.store.delivery.progress();
    pushes.push({ first: ops[0]?.seq ?? 0, last: ops.at(-1)?.seq ?? 0, acked, underWay });
    underWay += 1;
    // Judged at once: answers that only say "held" are written down several together.
    const headers = { ...exchange.headers, [PREFER_HEADER]: PREFERS_MINIMAL };
    return ask({ ...exchange, headers }).finally(() => {
      underWay -= 1;
    });
  });
  await everything();
  expect(pushes.length).toBeGreaterThan(3);
  expect(pushes.map(({ underWay }) => underWay)).toEqual(pushes.map(() => 0));
  expect(pushes.map(({ first }) => first)).toEqual([1, ...pushes.slice(0, -1).map(({ last }) => last + 1)]);
  // What was written down by then is what the answer before the last one said.
  expect(pushes.map(({ acked }) => acked)).toEqual([0, 0, ...pushes.slice(0, -2).map(({ last }) => last)]);
});

test('a lost answer, one that is not genuine, and a centre that is busy cost a repetition and nothing else', async () => {
  let pushes = 0;
  await connect(async (exchange, ask) => {
    if (isPush(exchange) && pushes === 2) {
      pushes += 1;
      return { ok: false, status: 429, body: { code: 'busy', message: '', after: 10 }, retryAfterMs: 10 };
    }
    const answer = await ask(exchange);
    if (!isPush(exchange)) return answer;
    pushes += 1;
    if (pushes === 2) throw new LineError(new Error('lost'), true);
    if (pushes === 4) return { ...answer, body: { ...(answer.body as PushAnswer), head: 'f'.repeat(64) } };
    return answer;
  });
  await everything();
});

test('a centre that leaves nothing out is understood as well', async () => {
  const results: number[] = [];
  await connect(async ({ headers, ...exchange }, ask) => {
    const answer = await ask({ ...exchange, ...(headers && { headers: { ...headers, prefer: '' } }) });
    if (isPush(exchange)) results.push((answer.body as PushAnswer).results.length);
    return answer;
  });
  await everything();
  expect(results.reduce((sum, count) => sum + count, 0)).toBe(CASES);
});

test('what the terminal made itself does not come back to it; what it has lost does, whole', async () => {
  const rows: (PullAnswer['rows'][number] & { own?: unknown })[] = [];
  const listen = async (exchange: Exchange, ask: Ask) => {
    const answer = await ask(exchange);
    if (exchange.path.includes('/pull?scope=hall')) rows.push(...(answer.body as { rows: typeof rows }).rows);
    if (isPush(exchange)) expect((answer.body as PushAnswer).results).toEqual([]);
    return answer;
  };
  await connect(listen);
  await everything();
  expect(rows.filter(({ own }) => own)).toHaveLength(CASES);
  expect(rows.filter(({ op }) => op?.device === fixture.store.ledger.device)).toEqual([]);
  await client?.stop();
  rows.length = 0;

  const { store } = fixture;
  const lost = store.ledger.readAfter(CASES - 3, 3);
  store.db.prepare('DELETE FROM op WHERE device = (SELECT device FROM push_state) AND seq > ?').run(CASES - 3);
  store.delivery.readAllAnew();
  await connect(listen);
  await expect.poll(() => store.ledger.readAfter(CASES - 3, 9, 1), WAIT).toEqual(lost);
  expect(rows.filter(({ own }) => own).length).toBeGreaterThan(0);
});
