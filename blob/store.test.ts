import { createHash, randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PIECE_BYTES } from './cipher.ts';
import { BlobStore } from './store.ts';
import { HashDiffersError } from './writer.ts';

const KEY = '5a'.repeat(32);
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

let dir: string;
let blobs: BlobStore;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'yichuang-blobs-'));
  blobs = new BlobStore({ dir, keyHex: KEY });
  blobs.prepare();
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const fileOf = (sha256: string): string => path.join(dir, 'blobs', sha256.slice(0, 2), sha256.slice(2));
const incoming = (): string[] => readdirSync(path.join(dir, 'blobs', 'incoming'));

async function store(bytes: Uint8Array, cut = bytes.length): Promise<string> {
  const writer = await blobs.begin();
  for (let at = 0; at < bytes.length; at += cut) await writer.append(bytes.subarray(at, at + cut));
  return writer.finish(hashOf(bytes), ({ sha256 }) => sha256);
}

describe('a stored blob', () => {
  test('is read back as it was written, whatever its length and the pieces it came in', async () => {
    const edge = fc.constantFrom(1, 2, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 2 * PIECE_BYTES, 200_000);
    await fc.assert(
      fc.asyncProperty(edge, fc.integer({ min: 1, max: 300_000 }), async (length, cut) => {
        const bytes = randomBytes(length);
        const sha256 = await store(bytes, Math.max(cut, Math.ceil(length / 50)));
        expect((await blobs.read(sha256)).equals(bytes)).toBe(true);
        expect(await blobs.check(sha256)).toBe('good');
      }),
      { numRuns: 40 },
    );
  });

  test('is read in parts, each of them what stands there', async () => {
    const bytes = randomBytes(3 * PIECE_BYTES + 17);
    const sha256 = await store(bytes);
    const at = fc.integer({ min: 0, max: bytes.length + 10 });
    await fc.assert(
      fc.asyncProperty(at, at, async (offset, length) => {
        const part = await blobs.read(sha256, offset, length);
        expect(part.equals(bytes.subarray(offset, offset + length))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test('shows nothing of its content on the disk, and another ciphertext each time', async () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from('JFIF 张三'.repeat(9_000))]);
    const sha256 = await store(bytes);
    const first = readFileSync(fileOf(sha256));
    expect(first.includes(bytes.subarray(0, 4))).toBe(false);
    expect(first.includes('张三')).toBe(false);
    await store(bytes);
    expect(readFileSync(fileOf(sha256)).equals(first)).toBe(false);
    expect(await blobs.list()).toHaveLength(1);
  });

  test('is not read with another key', async () => {
    const sha256 = await store(randomBytes(10));
    const other = new BlobStore({ dir, keyHex: 'a5'.repeat(32) });
    await expect(other.read(sha256)).rejects.toMatchObject({ code: 'blob-damaged' });
  });

  test('that was changed in any byte, cut, lengthened or given another name is refused, and storing it again heals it', async () => {
    const bytes = randomBytes(2 * PIECE_BYTES + 5);
    const sha256 = await store(bytes);
    const good = readFileSync(fileOf(sha256));
    const spoil = fc.oneof(
      fc.integer({ min: 0, max: good.length - 1 }).map((at) => {
        const spoiled = Buffer.from(good);
        spoiled[at] = (spoiled[at] ?? 0) ^ 1;
        return spoiled;
      }),
      fc.integer({ min: 0, max: good.length - 1 }).map((length) => good.subarray(0, length)),
      fc.constant(Buffer.concat([good, Buffer.from([0])])),
      fc.constant(Buffer.concat([good, good])),
    );
    await fc.assert(
      fc.asyncProperty(spoil, async (spoiled) => {
        writeFileSync(fileOf(sha256), spoiled);
        expect(await blobs.check(sha256)).toBe('blob-damaged');
      }),
      { numRuns: 60 },
    );
    const other = await store(randomBytes(2 * PIECE_BYTES + 5));
    copyFileSync(fileOf(other), fileOf(sha256));
    await expect(blobs.read(sha256, 0, 10)).rejects.toMatchObject({ code: 'blob-damaged' });
    await store(bytes);
    expect(await blobs.check(sha256)).toBe('good');
  });

  test('that is not there is said to be missing', async () => {
    expect(await blobs.check('0'.repeat(64))).toBe('blob-missing');
    expect(blobs.remove('0'.repeat(64))).toBe(false);
  });
});

describe('writing', () => {
  test('the record is made only after the blob has its name', async () => {
    const bytes = randomBytes(100);
    const writer = await blobs.begin();
    await writer.append(bytes);
    expect(await writer.finish(hashOf(bytes), ({ sha256 }) => existsSync(fileOf(sha256)))).toBe(true);
  });

  test('what differs from its announced hash, and what is empty, leaves nothing and no record', async () => {
    let records = 0;
    const writer = await blobs.begin();
    await writer.append(randomBytes(100_000));
    await expect(writer.finish('0'.repeat(64), () => records++)).rejects.toThrow(HashDiffersError);
    const empty = await blobs.begin();
    await expect(empty.finish(hashOf(Buffer.alloc(0)), () => records++)).rejects.toThrow(HashDiffersError);
    expect({ records, incoming: incoming(), named: await blobs.list() }).toEqual({
      records: 0,
      incoming: [],
      named: [],
    });
  });

  test('an aborted blob leaves nothing', async () => {
    const writer = await blobs.begin();
    await writer.append(randomBytes(100_000));
    expect(incoming()).toHaveLength(1);
    await writer.abort();
    expect(incoming()).toEqual([]);
  });

  test('a blob is not removed while it is being stored again', async () => {
    const bytes = randomBytes(10);
    const sha256 = await store(bytes);
    const writer = await blobs.begin();
    await writer.append(bytes);
    const removed = await writer.finish(sha256, () => blobs.remove(sha256));
    expect(removed).toBe(false);
    expect(blobs.remove(sha256)).toBe(true);
  });
});
