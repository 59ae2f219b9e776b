import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
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
  await expect.poll(() => ask(5000), { timeout: 10_000 }).toBe(200);
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
