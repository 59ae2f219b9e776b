import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lackingRequest } from '../contract/lackingImages.ts';
import { acceptance } from '../tests/fixtures/acceptance.ts';
import { jpegWith } from '../tests/fixtures/attachments.ts';
import { caseStream, openTestStore } from '../tests/fixtures/store.ts';
import { ImageSender } from './imageSender.ts';

let fixture: ReturnType<typeof openTestStore>;
let server: Server;
const asked: string[] = [];
/** What the centre has whole. */
const there = new Map<string, Buffer>();
beforeEach(async () => {
  fixture = openTestStore();
  asked.length = 0;
  there.clear();
  // Takes what it has not and says nothing about what it took, as a centre whose power was cut.
  server = createServer((request, response) => {
    const name = request.url?.split('/').at(-1) ?? '';
    asked.push(`${request.method} ${name}`);
    if (name === 'lacking') void tellLacking(request, response);
    else if (request.method === 'GET') response.writeHead(there.has(name) ? 200 : 404).end(there.get(name));
    else if (request.method === 'HEAD') {
      const length = there.get(name)?.length;
      const offset = { 'upload-offset': String(length ?? 0), 'upload-length': String(length ?? 1000) };
      response.writeHead(200, { 'tus-resumable': '1.0.0', ...offset }).end();
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  fixture.dispose();
});

async function tellLacking(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { sha256 } = lackingRequest.parse(await json(request));
  response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify({ lacking: sha256.filter((each) => !there.has(each)) }));
}

function startSender(log: string[], silenceMs?: number): ImageSender {
  return new ImageSender({
    store: fixture.store,
    line: {
      url: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      token: () => 'token',
      isConnected: () => true,
      gate: () => null,
    },
    now: Date.now,
    bytesPerSecond: 0,
    silenceMs,
    onChange: () => {},
    log: (event) => log.push(event),
  });
}

/** A case with one page, of which the centre has the record. */
async function scan(word: string): Promise<string> {
  const { store } = fixture;
  const content = jpegWith(word);
  const stream = caseStream();
  store.ledger.append({
    kind: 'case.accepted',
    stream,
    actor: '1001',
    body: acceptance(1, {
      number: `W0720261127${String(store.ledger.head().seq + 1).padStart(4, '0')}`,
      window: 'W07',
    }),
  });
  const writer = await store.blobs.begin();
  await writer.append(content);
  return writer.finish(createHash('sha256').update(content).digest('hex'), (stored) => {
    const blob = { media: 'image/jpeg' as const, ...stored, width: 24, height: 16 };
    const body = { caseId: stream.slice('case:'.length), material: 'M04', page: 1, blob, source: 'camera' as const };
    store.ledger.append({ kind: 'scan.attached', stream: `scan:${v7()}`, actor: '1001', body });
    const { seq, hash } = store.ledger.head();
    store.delivery.recordPush({ acked: seq, head: hash }, [], new Date().toISOString());
    return stored.sha256;
  });
}

test('a centre that falls silent in the middle of an image does not hold up the others for ever', async () => {
  const images = [await scan('one'), await scan('two')];
  const log: string[] = [];
  const sender = startSender(log, 150);
  await expect
    .poll(() => asked.filter((each) => each.startsWith('PATCH')))
    .toEqual(images.map((sha) => `PATCH ${sha}`));
  await expect.poll(() => log).toEqual(['image-not-sent', 'image-not-sent']);
  await sender.stop();
});

test('pages of this machine whose images are elsewhere hold up none of its own, and come when the centre has them', async () => {
  const { store } = fixture;
  const elsewhere: string[] = [];
  for (let index = 0; index < 25; index++) elsewhere.push(await scan(`elsewhere ${index}`));
  const brought = elsewhere.at(-1) ?? '';
  there.set(brought, await store.blobs.read(brought));
  for (const sha256 of elsewhere) store.blobs.remove(sha256);
  const own = await scan('here');
  there.set(own, await store.blobs.read(own));

  const log: string[] = [];
  const sender = startSender(log);
  await expect.poll(() => store.scans.countImagesToSend()).toBe(24);
  await sender.stop();
  expect(store.blobs.has(brought)).toBe(true);
  expect(store.scans.imagesToSend()).toEqual(elsewhere.slice(0, 24));
  // Of those that nobody has sent yet it asks in one question, and asks for none of them.
  expect(asked.filter((each) => !each.endsWith('lacking'))).toEqual([`HEAD ${own}`, `GET ${brought}`]);
  expect(log).toEqual([]);
});
