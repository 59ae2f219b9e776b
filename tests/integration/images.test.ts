import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Upload } from 'tus-js-client';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEnrolmentCodeOffline } from '../../centre/command.ts';
import { BLOB_PATH } from '../../contract/blobs.ts';
import { readMeta } from '../../db/meta.ts';
import { fetchImage } from '../../sync/imageFetcher.ts';
import type { ImageLine } from '../../sync/imageLine.ts';
import { ImageSender } from '../../sync/imageSender.ts';
import { SyncClient } from '../../sync/syncClient.ts';
import { acceptance } from '../fixtures/acceptance.ts';
import { jpegWith } from '../fixtures/attachments.ts';
import { startReadyProcess, stopProcess } from '../fixtures/runningCentre.ts';
import { startTestService } from '../fixtures/service.ts';
import { openTestStore } from '../fixtures/store.ts';

/** Scanned pages from real stores to a real centre process and back, with either side killed on the way. */

const ENTRY = path.join(import.meta.dirname, '../fixtures/centreProcess.ts');
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

let dir: string;
let centre: Awaited<ReturnType<typeof startReadyProcess>>;
const desks: Desk[] = [];

beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'yichuang-images-'));
  centre = await startReadyProcess(ENTRY, [dir]);
});
afterEach(async () => {
  await Promise.all(desks.splice(0).map((desk) => desk.close()));
  await stopProcess(centre.child, 'SIGTERM');
  rmSync(dir, { recursive: true, force: true });
});

async function killCentre(): Promise<void> {
  const { port } = new URL(centre.url);
  await stopProcess(centre.child, 'SIGKILL');
  centre = await startReadyProcess(ENTRY, [dir, port]);
}

/** A terminal: store, records and images, as the service puts them together. */
class Desk {
  readonly fixture = openTestStore();
  readonly terminal: string;
  readonly log: string[] = [];
  #client: SyncClient | null = null;
  #sender: ImageSender | null = null;

  constructor(terminal: string) {
    this.terminal = terminal;
    desks.push(this);
  }

  get line(): ImageLine {
    return {
      url: () => centre.url,
      token: () => readMeta(this.fixture.store.db, 'hub-token'),
      isConnected: () => this.#client?.state.link === 'connected',
      gate: () => this.#client?.gate ?? null,
    };
  }

  async connect(hall = 'main'): Promise<this> {
    this.startRecords(hall, await createEnrolmentCodeOffline(dir, { terminal: this.terminal, hall }));
    await expect.poll(() => this.#client?.state.link, { timeout: 45_000 }).toBe('connected');
    return this;
  }

  startRecords(hall = 'main', enrolmentCode?: string): void {
    const { store } = this.fixture;
    this.#client = new SyncClient({
      store,
      url: centre.url,
      terminal: this.terminal,
      hall,
      enrolmentCode,
      now: Date.now,
      onChange: () => this.#sender?.notify(),
      onStreams: () => {},
      onPublished: () => {},
      log: () => {},
    });
  }

  async stopRecords(): Promise<void> {
    await this.#client?.stop();
    this.#client = null;
  }

  send(bytesPerSecond = 0, isConnected = this.line.isConnected): void {
    const { store } = this.fixture;
    this.#sender = new ImageSender({
      store,
      line: { ...this.line, isConnected },
      now: Date.now,
      bytesPerSecond,
      onChange: () => {},
      log: (event, fields) => this.log.push(`${event} ${JSON.stringify(fields)}`),
    });
  }

  async stopSending(): Promise<void> {
    await this.#sender?.stop();
    this.#sender = null;
  }

  /** A case with one scanned page. @returns hash of its image */
  async scan(content: Buffer, sequence: number): Promise<string> {
    const { store } = this.fixture;
    const caseId = v7();
    const number = `20261127${this.terminal.slice(1)}${String(sequence).padStart(4, '0')}`;
    store.ledger.append({
      kind: 'case.accepted',
      stream: `case:${caseId}`,
      actor: '1001',
      body: acceptance(sequence, { number, window: this.terminal }),
    });
    const writer = await store.blobs.begin();
    await writer.append(content);
    const sha256 = await writer.finish(hashOf(content), (stored) => {
      const blob = { media: 'image/jpeg' as const, ...stored, width: 24, height: 16 };
      const body = { caseId, material: 'M04', page: 1, blob, source: 'camera' as const };
      store.ledger.append({ kind: 'scan.attached', stream: `scan:${v7()}`, actor: '1001', body });
      return stored.sha256;
    });
    this.#client?.notify();
    this.#sender?.notify();
    return sha256;
  }

  waiting(): number {
    return this.fixture.store.scans.countImagesToSend();
  }

  async close(): Promise<void> {
    await this.stopSending();
    await this.stopRecords();
    this.fixture.dispose();
  }
}

const uploads = (): string[] => readdirSync(path.join(dir, 'uploads'));
const isWholeAtCentre = (sha256: string): boolean =>
  existsSync(path.join(dir, 'blobs', sha256.slice(0, 2), sha256.slice(2)));

async function ask(desk: Desk, method: string, sha256: string, headers: Record<string, string> = {}) {
  const authorization = `Bearer ${desk.line.token() ?? ''}`;
  return fetch(`${centre.url}${BLOB_PATH}/${sha256}`, {
    method,
    headers: { authorization, 'tus-resumable': '1.0.0', ...headers },
  });
}

/** Large enough to arrive in several requests. */
const largeImage = (): Buffer => Buffer.concat([jpegWith('a'), randomBytes(900_000)]);

describe('the image of a scanned page', () => {
  test('is brought from the centre when somebody at another machine opens the page', async () => {
    const scanner = await new Desk('W07').connect();
    scanner.send();
    const content = largeImage();
    const sha256 = await scanner.scan(content, 1);
    await expect.poll(() => scanner.waiting(), { timeout: 45_000 }).toBe(0);
    const enrolmentCode = await createEnrolmentCodeOffline(dir, { terminal: 'W05' });
    const other = startTestService({
      config: {
        terminal: { id: 'W05', hall: 'main' },
        hub: { url: centre.url, enrolmentCode },
      },
    });
    try {
      const call = (method: string, input: unknown) => other.service.call('page-1', 'window', method, input);
      await expect
        .poll(async () => ((await call('sync.status', {})) as { link: string }).link, { timeout: 45_000 })
        .toBe('connected');
      await call('session.login', { number: '1001', password: 'Yichuang-1001' });
      const scan = scanner.fixture.store.db.prepare('SELECT record FROM scan').pluck().get() as string;
      const { id, caseId } = JSON.parse(scan) as { id: string; caseId: string };
      await expect
        .poll(async () => ((await call('scans.list', { caseId })) as { pages: unknown[] }).pages.length, {
          timeout: 45_000,
        })
        .toBe(1);
      const page = (await call('scans.page', { scanId: id })) as { data: string; total: number; sha256: string };
      expect(page).toMatchObject({ total: content.length, sha256 });
      expect(Buffer.from(page.data, 'base64')).toEqual(content.subarray(0, 512 * 1024));
      await stopProcess(centre.child, 'SIGKILL');
      expect(await call('scans.page', { scanId: id })).toEqual(page);
      centre = await startReadyProcess(ENTRY, [dir, new URL(centre.url).port]);
    } finally {
      await other.dispose();
    }
  });

  test('follows its record to the centre, and another window sees it', async () => {
    const [scanner, reader] = await Promise.all([new Desk('W07').connect(), new Desk('W05').connect()]);
    scanner.send();
    const content = largeImage();
    const sha256 = await scanner.scan(content, 1);
    await expect.poll(() => scanner.waiting(), { timeout: 45_000 }).toBe(0);
    expect(uploads()).toEqual([]);
    const { store } = reader.fixture;
    await fetchImage(store, reader.line, sha256, Date.now());
    expect(await store.blobs.read(sha256)).toEqual(content);
    expect(store.scans.countImagesToSend()).toBe(0);
  });

  test('goes on where it was when the centre is killed on the way', async () => {
    const desk = await new Desk('W07').connect();
    const content = largeImage();
    const sha256 = await desk.scan(content, 1);
    desk.send(300_000);
    await expect.poll(() => uploads().includes(sha256), { timeout: 45_000 }).toBe(true);
    await expect
      .poll(async () => Number((await ask(desk, 'HEAD', sha256)).headers.get('upload-offset')), { timeout: 45_000 })
      .toBeGreaterThan(0);
    await killCentre();
    const kept = Number((await ask(desk, 'HEAD', sha256)).headers.get('upload-offset'));
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(content.length);
    await desk.stopSending();
    desk.send();
    await expect.poll(() => desk.waiting(), { timeout: 45_000 }).toBe(0);
    const answer = await ask(desk, 'GET', sha256);
    expect(hashOf(Buffer.from(await answer.arrayBuffer()))).toBe(sha256);
  });

  test('is never in clear on the disk of the centre, half sent or whole', async () => {
    const desk = await new Desk('W07').connect();
    const mark = Buffer.from('张三 220402199003071231');
    const content = Buffer.concat([jpegWith('b'), mark, randomBytes(600_000)]);
    const sha256 = await desk.scan(content, 1);
    desk.send(250_000);
    await expect.poll(() => uploads().includes(sha256), { timeout: 45_000 }).toBe(true);
    expect(readFileSync(path.join(dir, 'uploads', sha256)).includes(mark)).toBe(false);
    await desk.stopSending();
    desk.send();
    await expect.poll(() => isWholeAtCentre(sha256), { timeout: 45_000 }).toBe(true);
    const file = path.join(dir, 'blobs', sha256.slice(0, 2), sha256.slice(2));
    expect(readFileSync(file).includes(mark)).toBe(false);
  });

  test('waits while a record waits', async () => {
    const desk = await new Desk('W07').connect();
    const sha256 = await desk.scan(largeImage(), 1);
    await expect.poll(() => desk.fixture.store.delivery.counts().waitingOps, { timeout: 45_000 }).toBe(0);
    await desk.stopRecords();
    await desk.scan(jpegWith('c'), 2);
    desk.send(0, () => true);
    // Long enough for an image that waits for nobody.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect([...uploads(), isWholeAtCentre(sha256)]).toEqual([false]);
    desk.startRecords();
    await expect.poll(() => desk.waiting(), { timeout: 45_000 }).toBe(0);
    expect(desk.log).toEqual([]);
  });

  test('that two windows scanned alike is sent once', async () => {
    const [first, second] = await Promise.all([new Desk('W07').connect(), new Desk('W05').connect()]);
    const content = largeImage();
    const sha256 = await first.scan(content, 1);
    first.send();
    await expect.poll(() => first.waiting(), { timeout: 45_000 }).toBe(0);
    await second.scan(content, 2);
    await expect.poll(() => second.fixture.store.delivery.counts().waitingOps, { timeout: 45_000 }).toBe(0);
    const head = await ask(second, 'HEAD', sha256);
    expect(head.headers.get('upload-offset')).toBe(String(content.length));
    second.send();
    await expect.poll(() => second.waiting(), { timeout: 45_000 }).toBe(0);
    expect(uploads()).toEqual([]);
  });

  test('comes back from the centre when an older copy of the disk lacks it', async () => {
    const desk = await new Desk('W07').connect();
    desk.send();
    const content = largeImage();
    const sha256 = await desk.scan(content, 1);
    await expect.poll(() => desk.waiting(), { timeout: 45_000 }).toBe(0);
    await desk.stopSending();
    const { store } = desk.fixture;
    store.db.prepare('DELETE FROM image_at_centre').run();
    store.blobs.remove(sha256);
    desk.send();
    await expect.poll(() => desk.waiting(), { timeout: 45_000 }).toBe(0);
    expect(await store.blobs.read(sha256)).toEqual(content);
    expect(desk.log).toEqual([]);
  });

  test('is taken and given only within its hall, and only when a record names it', async () => {
    const [own, other] = await Promise.all([new Desk('W07').connect(), new Desk('W06').connect('branch')]);
    own.send();
    const sha256 = await own.scan(largeImage(), 1);
    await expect.poll(() => own.waiting(), { timeout: 45_000 }).toBe(0);
    expect((await ask(other, 'GET', sha256)).status).toBe(404);
    expect((await ask(other, 'HEAD', sha256)).status).toBe(404);
    expect((await ask(own, 'HEAD', 'c'.repeat(64))).status).toBe(404);
    expect((await fetch(`${centre.url}${BLOB_PATH}/${sha256}`)).status).toBe(401);
  });

  test('comes in any range that is asked for', async () => {
    const desk = await new Desk('W07').connect();
    desk.send();
    const content = largeImage();
    const sha256 = await desk.scan(content, 1);
    await expect.poll(() => desk.waiting(), { timeout: 45_000 }).toBe(0);
    const part = await ask(desk, 'GET', sha256, { range: 'bytes=70000-199999' });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 70000-199999/${content.length}`);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(content.subarray(70_000, 200_000));
    expect((await ask(desk, 'GET', sha256, { range: `bytes=${content.length}-` })).status).toBe(416);
  });

  test('that is not what its name says is thrown away, and may be sent again', async () => {
    const desk = await new Desk('W07').connect();
    const sha256 = await desk.scan(largeImage(), 1);
    await expect.poll(() => desk.fixture.store.delivery.counts().waitingOps, { timeout: 45_000 }).toBe(0);
    const token = desk.line.token() ?? '';
    const failure = await new Promise<string>((resolve) => {
      new Upload(randomBytes(300_000), {
        endpoint: `${centre.url}${BLOB_PATH}`,
        headers: { authorization: `Bearer ${token}` },
        metadata: { sha256 },
        chunkSize: 100_000,
        retryDelays: null,
        onError: (error) => resolve(error.message),
        onSuccess: () => resolve('taken'),
      }).start();
    });
    expect(failure).toContain('460');
    expect(uploads()).toEqual([]);
    expect(isWholeAtCentre(sha256)).toBe(false);
    desk.send();
    await expect.poll(() => desk.waiting(), { timeout: 45_000 }).toBe(0);
    expect(isWholeAtCentre(sha256)).toBe(true);
  });
});
