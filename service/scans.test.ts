import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BlobStore } from '../blob/store.ts';
import type { YichuangError } from '../contract/errors.ts';
import type { MethodName } from '../contract/rpc.ts';
import { openDatabase } from '../db/open.ts';
import { Scans } from '../db/scans.ts';
import { verifyDatabase } from '../db/verify.ts';
import { verifyBlobs } from '../db/verifyBlobs.ts';
import { ATTACHMENT_CHUNK_BYTES, MAX_ATTACHMENT_BYTES } from '../domain/case/scan.ts';
import { acceptanceDraft } from '../tests/fixtures/acceptance.ts';
import { attach, fetchPage, hashOf, JPEG, jpegWith, pdfOf } from '../tests/fixtures/attachments.ts';
import { startTestService } from '../tests/fixtures/service.ts';
import { CLERK } from '../tests/fixtures/staff.ts';
import { TEST_KEY } from '../tests/fixtures/store.ts';

let terminal: ReturnType<typeof startTestService>;
let clock: number;
beforeEach(async () => {
  clock = Date.parse('2026-11-23T02:00:00.000Z');
  terminal = startTestService({ now: () => clock });
  await terminal.login();
});
afterEach(() => terminal.dispose());

const outcome = (promise: Promise<unknown>) =>
  promise.then(
    () => 'ok',
    (error: YichuangError) => (error.code === 'attachment-broken' ? error.details : error.code),
  );
const accept = async (commandId: string = v7()) => {
  await terminal.call('case.accept', { commandId, draft: acceptanceDraft() });
  return commandId;
};
const list = async (caseId: string) =>
  (await terminal.call('scans.list', { caseId })).pages.map(
    ({ id, material, page, state }) => `${material}/${page} ${state} ${id}`,
  );

/** Every file of the blob store, by its name. */
function blobFiles(): string[] {
  const root = path.join(terminal.dir, 'blobs');
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => statSync(path.join(root, name)).isFile());
}

/** A look into the file from outside, as `yichuang verify` has it. */
async function inspect<T>(look: (scans: Scans, blobs: BlobStore, ops: string[]) => T): Promise<T> {
  const db = openDatabase({ file: path.join(terminal.dir, 'yichuang.db'), keyHex: TEST_KEY, readonly: true });
  try {
    expect(verifyDatabase(db)).toEqual([]);
    const blobs = new BlobStore({ dir: terminal.dir, keyHex: TEST_KEY });
    const ops = db.prepare("SELECT kind FROM op WHERE stream_kind = 'scan' ORDER BY seq").pluck().all() as string[];
    return await look(new Scans(db, blobs), blobs, ops);
  } finally {
    db.close();
  }
}

describe('a page of an accepted case', () => {
  test('comes back byte for byte, and its record names its hash', async () => {
    const caseId = await accept();
    const big = jpegWith(...Array.from({ length: 30 }, (_, index) => Buffer.alloc(65_000, index)));
    expect(big.length).toBeGreaterThan(3 * ATTACHMENT_CHUNK_BYTES);
    const page = await attach(terminal, big, { caseId });
    expect(page).toMatchObject({
      state: 'attached',
      page: 1,
      by: '1001',
      blob: { media: 'image/jpeg', width: 24, height: 16, dpi: 300, bytes: big.length, sha256: hashOf(big) },
    });
    expect((await fetchPage(terminal, page.id)).equals(big)).toBe(true);
    await terminal.restart();
    expect((await fetchPage(terminal, page.id)).equals(big)).toBe(true);
    expect(await inspect((scans, blobs) => verifyBlobs(scans.ownImages(), blobs))).toEqual([]);
  });

  test('lies beside the database, never in it, and nowhere in clear', async () => {
    const caseId = await accept();
    const page = await attach(terminal, jpegWith('机密机密机密机密'), { caseId });
    const { sha256 } = page.blob;
    expect(blobFiles()).toEqual([path.join(sha256.slice(0, 2), sha256.slice(2))]);
    for (const name of readdirSync(terminal.dir, { recursive: true, encoding: 'utf8' })) {
      const file = path.join(terminal.dir, name);
      if (!statSync(file).isFile()) continue;
      const bytes = readFileSync(file);
      expect(bytes.includes('机密机密')).toBe(false);
      expect(bytes.includes(JPEG.subarray(0, 4))).toBe(false);
    }
  });

  test('is there once, whatever is sent again', async () => {
    const caseId = await accept();
    const scanId = v7();
    const first = await attach(terminal, JPEG, { caseId, scanId });
    expect(await attach(terminal, JPEG, { caseId, scanId })).toEqual(first);
    expect(await terminal.call('case.attachFinish', { scanId, sha256: hashOf(JPEG) })).toEqual(first);
    expect(await outcome(attach(terminal, jpegWith('other'), { caseId, scanId }))).toBe('illegal-transition');
    expect(await inspect((_scans, _blobs, ops) => ops)).toEqual(['scan.attached']);
  });

  test('may be a PDF, and the same image twice is stored once', async () => {
    const caseId = await accept();
    const pdf = await attach(terminal, await pdfOf(2), { caseId, name: '合同.pdf' });
    expect(pdf.blob).toMatchObject({ media: 'application/pdf', pages: 2 });
    await attach(terminal, JPEG, { caseId });
    await attach(terminal, JPEG, { caseId });
    expect(blobFiles()).toHaveLength(2);
    expect((await list(caseId)).map((line) => line.slice(0, 5))).toEqual(['M04/1', 'M04/2', 'M04/3']);
  });

  test('is put into order and taken away by records of its own stream, without a new version of the case', async () => {
    const caseId = await accept();
    const a = (await attach(terminal, jpegWith('a'), { caseId })).id;
    const b = (await attach(terminal, jpegWith('b'), { caseId })).id;
    const c = (await attach(terminal, jpegWith('c'), { caseId, hold: true })).id;
    const { pages } = await terminal.call('scans.reorder', { caseId, material: 'M04', order: [c, a, b] });
    expect(pages.map(({ id }) => id)).toEqual([c, a, b]);
    await terminal.call('scans.remove', { scanId: a, reason: '重复' });
    await terminal.call('scans.attachHeld', { caseId });
    expect(await list(caseId)).toEqual([`M04/1 attached ${c}`, `M04/3 attached ${b}`]);
    expect(await outcome(terminal.call('scans.page', { scanId: a }))).toBe('scan-not-found');
    expect(await outcome(terminal.call('scans.reorder', { caseId, material: 'M04', order: [c, a] }))).toBe(
      'scan-not-found',
    );
    expect((await terminal.call('case.get', { id: caseId })).record.version).toBe(1);
    const attached = ['scan.attached', 'scan.attached'];
    expect(await inspect((_scans, _blobs, ops) => ops)).toEqual([
      ...attached,
      'scan.moved',
      'scan.moved',
      'scan.removed',
      'scan.attached',
    ]);
  });
});

describe('a page scanned before acceptance', () => {
  test('is held, survives a restart, and becomes part of the case with it, in order', async () => {
    const commandId = v7();
    const second = await attach(terminal, jpegWith('2'), { caseId: commandId, material: 'M05' });
    const first = await attach(terminal, jpegWith('1'), { caseId: commandId });
    const third = await attach(terminal, jpegWith('3'), { caseId: commandId, material: 'M05' });
    expect(first.state).toBe('held');
    await terminal.restart();
    await terminal.login();
    expect(await outcome(terminal.call('scans.attachHeld', { caseId: commandId }))).toBe('case-not-found');
    await accept(commandId);
    expect(await list(commandId)).toEqual([
      `M04/1 attached ${first.id}`,
      `M05/1 attached ${second.id}`,
      `M05/2 attached ${third.id}`,
    ]);
  });

  test('goes with a refusal too: what was handed in is what was refused', async () => {
    const commandId = v7();
    const page = await attach(terminal, JPEG, { caseId: commandId });
    const refusal = {
      ground: 'incomplete' as const,
      reason: '材料不全',
      missing: [{ text: '抵押合同', why: '未提交' }],
    };
    await terminal.call('case.refuse', { commandId, draft: acceptanceDraft(), refusal });
    expect(await list(commandId)).toEqual([`M04/1 attached ${page.id}`]);
  });

  test('stays held when the acceptance is refused', async () => {
    const commandId = v7();
    await attach(terminal, JPEG, { caseId: commandId });
    const incomplete = { commandId, draft: acceptanceDraft({ materials: [] }) };
    expect(await outcome(terminal.call('case.accept', incomplete))).toBe('acceptance-incomplete');
    expect((await list(commandId))[0]).toContain('held');
  });

  test('that is turned replaces itself, and nothing of the first image stays', async () => {
    const caseId = v7();
    const scanId = v7();
    await attach(terminal, jpegWith('flat'), { caseId, scanId });
    const other = await attach(terminal, jpegWith('other'), { caseId });
    const turned = await attach(terminal, jpegWith('turned'), { caseId, scanId });
    expect(turned.page).toBe(1);
    expect(await list(caseId)).toEqual([`M04/1 held ${scanId}`, `M04/2 held ${other.id}`]);
    expect(blobFiles()).toHaveLength(2);
    await terminal.call('scans.remove', { scanId, reason: '拍错' });
    expect(blobFiles()).toHaveLength(1);
  });

  test('that is given up is found by the nightly job, and images of cases are not', async () => {
    const caseId = await accept();
    const kept = await attach(terminal, jpegWith('kept'), { caseId });
    const removed = await attach(terminal, jpegWith('removed'), { caseId });
    const abandoned = await attach(terminal, jpegWith('abandoned'), { caseId: v7() });
    clock += 60_000;
    await terminal.call('scans.remove', { scanId: removed.id, reason: '重复' });
    const db = openDatabase({ file: path.join(terminal.dir, 'yichuang.db'), keyHex: TEST_KEY });
    const scans = new Scans(db, new BlobStore({ dir: terminal.dir, keyHex: TEST_KEY }));
    const inAMonth = '2099-01-01T00:00:00.000Z';
    expect(await scans.unreferencedImages(inAMonth)).toEqual([removed.blob.sha256]);
    expect(scans.held.dropBefore('2026-11-23T01:00:00.000Z')).toBe(0);
    expect(scans.held.dropBefore(inAMonth)).toBe(1);
    const found = await scans.unreferencedImages(inAMonth);
    expect(found.sort()).toEqual([removed.blob.sha256, abandoned.blob.sha256].sort());
    expect(await scans.unreferencedImages('2000-01-01T00:00:00.000Z')).toEqual([]);
    expect(scans.removeImage(kept.blob.sha256, inAMonth)).toBe(false);
    expect(scans.removeImage(removed.blob.sha256, '2026-11-23T02:00:00.000Z')).toBe(false);
    expect(found.map((sha256) => scans.removeImage(sha256, inAMonth))).toEqual([true, true]);
    expect(blobFiles()).toHaveLength(1);
    db.close();
  });
});

describe('a broken attachment changes nothing', () => {
  const announce = (caseId: string, bytes: number, scanId: string = v7()) => ({
    scanId,
    caseId,
    material: 'M04',
    source: 'file' as const,
    name: 'a.jpg',
    bytes,
  });

  test.each([
    ['no image', Buffer.from('not an image'), 'a.jpg', { why: 'not-a-page' }],
    ['cut off', JPEG.subarray(0, -30), 'a.jpg', { why: 'truncated' }],
    ['under a wrong name', JPEG, 'a.pdf', { why: 'wrong-type' }],
  ])('%s', async (_what, content, name, expected) => {
    const caseId = await accept();
    expect(await outcome(attach(terminal, content, { caseId, name }))).toEqual(expected);
    expect(await list(caseId)).toEqual([]);
    expect(blobFiles()).toEqual([]);
  });

  test('too large, empty, of an unknown material: refused before a byte is sent', async () => {
    const caseId = await accept();
    expect(await outcome(terminal.call('case.attach', announce(caseId, MAX_ATTACHMENT_BYTES + 1)))).toBe(
      'attachment-too-large',
    );
    expect(await outcome(terminal.call('case.attach', announce(caseId, 0)))).toEqual({ why: 'empty' });
    const unknown = { ...announce(caseId, 10), material: 'M99' };
    expect(await outcome(terminal.call('case.attach', unknown))).toBe('bad-input');
    expect(blobFiles()).toEqual([]);
  });

  test('other bytes than were hashed when it was scanned', async () => {
    const caseId = await accept();
    const scanId = v7();
    await terminal.call('case.attach', announce(caseId, JPEG.length, scanId));
    await terminal.call('case.attachChunk', { scanId, offset: 0, data: JPEG.toString('base64') });
    const finish = terminal.call('case.attachFinish', { scanId, sha256: hashOf(jpegWith('x')) });
    expect(await outcome(finish)).toEqual({ why: 'hash-differs' });
    expect(blobFiles()).toEqual([]);
  });

  test('a piece that is missing, sent twice, or too much', async () => {
    const caseId = await accept();
    const scanId = v7();
    const piece = (offset: number, to: number) => ({
      scanId,
      offset,
      data: JPEG.subarray(offset, to).toString('base64'),
    });
    await terminal.call('case.attach', announce(caseId, JPEG.length, scanId));
    expect(await terminal.call('case.attachChunk', piece(0, 100))).toEqual({ received: 100 });
    expect(await outcome(terminal.call('case.attachFinish', { scanId, sha256: hashOf(JPEG) }))).toBe(
      'attachment-interrupted',
    );
    expect(await outcome(terminal.call('case.attachChunk', piece(150, 200)))).toBe('attachment-interrupted');
    expect(await terminal.call('case.attachChunk', piece(0, 100))).toEqual({ received: 100 });
    expect(await terminal.call('case.attachChunk', piece(100, JPEG.length))).toEqual({ received: JPEG.length });
    expect((await terminal.call('case.attachFinish', { scanId, sha256: hashOf(JPEG) })).state).toBe('attached');
    const more = v7();
    await terminal.call('case.attach', announce(caseId, 10, more));
    const tooMuch = { scanId: more, offset: 0, data: JPEG.toString('base64') };
    expect(await outcome(terminal.call('case.attachChunk', tooMuch))).toEqual({ why: 'size-differs' });
    expect(blobFiles()).toHaveLength(1);
  });

  test('an upload belongs to its page: another one cannot go on with it, and it ends with its page', async () => {
    const caseId = await accept();
    const scanId = v7();
    await terminal.call('case.attach', announce(caseId, JPEG.length, scanId));
    await terminal.service.call('page-2', 'window', 'session.login', { number: '1001', password: 'Yichuang-1001' });
    const chunk = { scanId, offset: 0, data: JPEG.toString('base64') };
    expect(await outcome(terminal.call('case.attachChunk', chunk, 'page-2'))).toBe('attachment-interrupted');
    expect(blobFiles()).toHaveLength(1);
    terminal.service.closeConnection('page-1');
    await expect.poll(blobFiles).toEqual([]);
  });

  test('what a crash left half sent is swept when the service starts', async () => {
    const caseId = await accept();
    const leftOver = path.join(terminal.dir, 'blobs', 'incoming', 'half');
    writeFileSync(leftOver, 'half');
    await terminal.restart();
    expect(existsSync(leftOver)).toBe(false);
    expect(await list(caseId)).toEqual([]);
  });
});

describe('who may', () => {
  const inputs = {
    'case.attach': { scanId: v7(), caseId: v7(), material: 'M04', source: 'file', name: '', bytes: 1 },
    'case.attachChunk': { scanId: v7(), offset: 0, data: 'AAAA' },
    'case.attachFinish': { scanId: v7(), sha256: '0'.repeat(64) },
    'scans.list': { caseId: v7() },
    'scans.page': { scanId: v7() },
    'scans.attachHeld': { caseId: v7() },
    'scans.reorder': { caseId: v7(), material: 'M04', order: [v7()] },
    'scans.remove': { scanId: v7(), reason: '重复' },
  } as const satisfies Partial<Record<MethodName, object>>;
  const methods = Object.keys(inputs) as (keyof typeof inputs)[];

  test.each(methods)('%s: nobody who is not signed in, and no calling screen', async (method) => {
    const { service } = terminal;
    expect(await outcome(service.call('page-9', 'window', method, inputs[method]))).toBe('not-signed-in');
    expect(await outcome(service.call('page-1', 'screen', method, inputs[method]))).toBe('forbidden');
  });

  test('the back office looks and changes nothing', async () => {
    for (const method of methods) {
      const isReading = method === 'scans.list' || method === 'scans.page';
      const got = await outcome(terminal.service.call('page-1', 'backoffice', method, inputs[method]));
      expect(`${method} ${got === 'forbidden'}`).toBe(`${method} ${!isReading}`);
    }
  });

  test('a guide at a pre-review desk scans nothing', async () => {
    const other = startTestService({ staff: [{ ...CLERK, roles: ['GUIDE'] }] });
    await other.service.call('page-1', 'prereview', 'session.login', { number: '1001', password: 'Yichuang-1001' });
    const call = other.service.call('page-1', 'prereview', 'case.attach', inputs['case.attach']);
    expect(await outcome(call)).toBe('forbidden');
    await other.dispose();
  });
});

test('a page scanned here whose image is neither here nor anywhere else is said to be damaged', async () => {
  const page = await attach(terminal, JPEG, { caseId: await accept() });
  const { sha256 } = page.blob;
  rmSync(path.join(terminal.dir, 'blobs', sha256.slice(0, 2), sha256.slice(2)));
  expect(await outcome(terminal.call('scans.page', { scanId: page.id }))).toBe('attachment-damaged');
});

test('a page whose image was damaged on the disk is refused, not shown wrong', async () => {
  const caseId = await accept();
  const page = await attach(terminal, JPEG, { caseId });
  const { sha256 } = page.blob;
  appendFileSync(path.join(terminal.dir, 'blobs', sha256.slice(0, 2), sha256.slice(2)), 'x');
  expect(await outcome(terminal.call('scans.page', { scanId: page.id }))).toBe('attachment-damaged');
  const findings = await inspect((scans, blobs) => verifyBlobs(scans.ownImages(), blobs));
  expect(findings).toEqual([{ code: 'blob-damaged', detail: sha256 }]);
});
