import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectHttp } from './httpLine.ts';
import { type Line, type LineError, NoStreamError } from './line.ts';

let server: Server;
let line: Line;
let requests: number;
let answers: boolean;
beforeEach(async () => {
  requests = 0;
  answers = false;
  server = createServer((request, reply) => {
    requests += 1;
    if (request.url === '/busy') {
      reply.writeHead(429, { 'retry-after': '2' }).end(JSON.stringify({ code: 'busy', message: '', after: 750 }));
    } else if (request.url === '/short') {
      reply.writeHead(200, { 'content-type': 'text/event-stream' }).end();
    } else if (answers) {
      reply.end('{"ok":true}');
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  line = connectHttp(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const ask = (deadlineMs = 100) =>
  line.exchange({ method: 'GET', path: '/', deadlineMs }).then(
    ({ status }) => status,
    (error: LineError) => (error.sent ? 'silent' : 'given up'),
  );

test('a line that never answers is given up for a while: the next ones hear at once that nothing was done', async () => {
  for (let silent = 0; silent < 5; silent += 1) expect(await ask()).toBe('silent');
  const asked = requests;
  expect(await ask()).toBe('given up');
  expect(requests).toBe(asked);
  answers = true;
  await expect.poll(() => ask(5000), { timeout: 45_000 }).toBe(200);
  expect(requests).toBe(asked + 1);
});

test('an answer in between begins the count anew, and a refusal is an answer', async () => {
  for (let round = 0; round < 3; round += 1) {
    for (let silent = 0; silent < 4; silent += 1) expect(await ask()).toBe('silent');
    const { status, retryAfterMs } = await line.exchange({ method: 'GET', path: '/busy' });
    // In ms where the body says so; the header knows whole seconds.
    expect([status, retryAfterMs]).toEqual([429, 750]);
  }
});

test('a stream of which nothing came is told apart from one that ended', async () => {
  const hints = async (path: string) => {
    for await (const _hint of line.hints(path, new AbortController().signal));
  };
  await expect(hints('/short')).rejects.toBeInstanceOf(NoStreamError);
  await expect(hints('/busy')).rejects.toBeInstanceOf(NoStreamError);
  server.closeAllConnections();
  const refused = connectHttp('http://127.0.0.1:1').hints('/', new AbortController().signal);
  await expect(refused.next()).rejects.not.toBeInstanceOf(NoStreamError);
});

test('a fast line carries what is said as it is, a slow or unknown one packed; each way for itself', async () => {
  const heard: { encoding: string; takes: string; body: unknown }[] = [];
  // What the other side says it worked is the rest of the time; so a line is as fast or slow as it is said to be here.
  let wayMs = 0;
  const timed = createServer(async (request, reply) => {
    const startedAt = performance.now();
    const sent = Buffer.concat(await request.toArray());
    const encoding = String(request.headers['content-encoding']);
    const plain = encoding === 'gzip' ? gunzipSync(sent) : sent;
    heard.push({ encoding, takes: String(request.headers['accept-encoding']), body: JSON.parse(plain.toString()) });
    await new Promise((resolve) => setTimeout(resolve, wayMs));
    const work = wayMs > 0 ? 0 : performance.now() - startedAt + 1000;
    reply.setHeader('server-timing', `cache;dur=9, work;dur=${work.toFixed(1)}`);
    reply.end(request.url === '/long' ? JSON.stringify({ text: 'x'.repeat(100_000) }) : '{}');
  });
  timed.listen(0, '127.0.0.1');
  await once(timed, 'listening');
  const say = async (to: Line, path: string, body: unknown) => {
    await to.exchange({ method: 'POST', path, body });
    return heard.at(-1);
  };
  const open = () => connectHttp(`http://127.0.0.1:${(timed.address() as AddressInfo).port}`);
  const long = { text: '长'.repeat(50_000) };
  const bytes = Buffer.from(JSON.stringify(long));

  const fast = open();
  expect(await say(fast, '/', { a: 1 })).toMatchObject({ encoding: 'undefined', body: { a: 1 } });
  expect(await say(fast, '/', bytes)).toMatchObject({ encoding: 'gzip', body: long });
  // Packed it was too little to tell: nothing is known of the line yet.
  expect(await say(fast, '/', incompressible())).toMatchObject({ encoding: 'gzip' });
  expect(await say(fast, '/long', bytes)).toMatchObject({ encoding: 'undefined', body: long });
  expect((await say(fast, '/', bytes))?.takes).toBe('identity');

  const slow = open();
  await say(slow, '/', {});
  wayMs = 60;
  await say(slow, '/long', incompressible());
  expect(await say(slow, '/', bytes)).toMatchObject({ encoding: 'gzip', body: long });
  expect(heard.at(-1)?.takes).toContain('gzip');
  timed.close();
  timed.closeAllConnections();
});

function incompressible(): Uint8Array {
  return Buffer.from(JSON.stringify({ text: randomBytes(30_000).toString('base64') }));
}
