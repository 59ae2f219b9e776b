import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { acceptance } from '../tests/fixtures/acceptance.ts';
import { jpegWith } from '../tests/fixtures/attachments.ts';
import { caseStream, openTestStore } from '../tests/fixtures/store.ts';
import { ImageSender } from './imageSender.ts';

let fixture: ReturnType<typeof openTestStore>;
let server: Server;
const asked: string[] = [];
beforeEach(async () => {
  fixture = openTestStore();
  asked.length = 0;
  // Takes everything and says nothing about what it took, as a centre whose power was cut.
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url?.split('/').at(-1)}`);
    if (request.method === 'HEAD')
      response.writeHead(200, { 'tus-resumable': '1.0.0', 'upload-offset': '0', 'upload-length': '1000' }).end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  fixture.dispose();
});

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
  const sender = new ImageSender({
    store: fixture.store,
    line: {
      url: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      token: () => 'token',
      isConnected: () => true,
      gate: () => null,
    },
    now: Date.now,
    bytesPerSecond: 0,
    silenceMs: 150,
    onChange: () => {},
    log: (event) => log.push(event),
  });
  await expect
    .poll(() => asked.filter((each) => each.startsWith('PATCH')))
    .toEqual(images.map((sha) => `PATCH ${sha}`));
  await expect.poll(() => log).toEqual(['image-not-sent', 'image-not-sent']);
  await sender.stop();
});
