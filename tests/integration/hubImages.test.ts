import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BLOB_PATH } from '../../contract/blobs.ts';
import { fetchImage } from '../../sync/imageFetcher.ts';
import { jpegWith } from '../fixtures/attachments.ts';
import { type HallTerminal, openRelayHall } from '../fixtures/relayHall.ts';

/** Scanned pages through the hub of a hall to the centre and back: processes of the command, over TCP. */

let hall: Awaited<ReturnType<typeof openRelayHall>>;
const WAIT = { timeout: 45_000 };
const SETTLED = { waitingOps: 0, heldOps: 0, rejected: 0 };
/** Large enough to go in several requests. */
const largeImage = (): Buffer => Buffer.concat([jpegWith('a'), randomBytes(900_000)]);
const blobsOf = (dir: string): string[] => {
  const root = path.join(dir, 'blobs');
  return existsSync(root) ? readdirSync(root, { recursive: true }).map(String) : [];
};

beforeEach(async () => {
  hall = await openRelayHall();
  await hall.startHub();
}, 60_000);
afterEach(() => hall.dispose(), 60_000);

async function join(name: string): Promise<HallTerminal> {
  const terminal = await hall.join(name);
  await expect.poll(() => terminal.link, WAIT).toBe('connected');
  return terminal;
}

describe('an image of a page, through the hub', { timeout: 120_000 }, () => {
  test('is at the centre whole, is brought to another window, and is nowhere on the disk of the hub', async () => {
    const [scanner, reader] = [await join('W07'), await join('W05')];
    const content = largeImage();
    const sha256 = await scanner.scan(1, content);
    await expect.poll(() => scanner.counts, WAIT).toEqual(SETTLED);
    scanner.sendImages();
    await expect.poll(() => scanner.imagesWaiting, WAIT).toBe(0);
    expect(blobsOf(hall.centre.dir).some((name) => name.endsWith(sha256.slice(2)))).toBe(true);
    expect(blobsOf(hall.hub.dir).filter((name) => name.endsWith(sha256.slice(2)))).toEqual([]);
    await fetchImage(reader.store, reader.line, sha256, Date.now());
    expect(await reader.store.blobs.read(sha256)).toEqual(content);
    const url = `${hall.hub.url}${BLOB_PATH}/${sha256}`;
    const authorization = `Bearer ${reader.line.token()}`;
    const part = await fetch(url, { headers: { authorization, range: 'bytes=70000-199999' } });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 70000-199999/${content.length}`]);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(content.subarray(70_000, 200_000));
    expect((await fetch(url)).status).toBe(401);
    const unknown = await fetch(`${hall.hub.url}${BLOB_PATH}/${'c'.repeat(64)}`, { headers: { authorization } });
    expect(unknown.status).toBe(404);
  });

  test('waits at the terminal while the centre is away: one try for all of them, and then each goes', async () => {
    const scanner = await join('W07');
    for (const sequence of [1, 2, 3]) await scanner.scan(sequence, Buffer.concat([jpegWith('a'), randomBytes(1000)]));
    await expect.poll(() => scanner.counts, WAIT).toEqual(SETTLED);
    await hall.centre.stop();
    const failures = scanner.sendImages();
    await expect.poll(() => failures.length, WAIT).toBeGreaterThan(0);
    expect(scanner.link).toBe('connected');
    await hall.centre.start();
    scanner.accept(4);
    // The hub has its centre again.
    await expect.poll(() => scanner.counts, WAIT).toEqual(SETTLED);
    scanner.sendImages();
    await expect.poll(() => scanner.imagesWaiting, WAIT).toBe(0);
    expect(failures).toEqual(['image-not-sent']);
  });
});
