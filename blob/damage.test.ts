import { createHash, randomBytes } from 'node:crypto';
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DAMAGES, damageFile, damageFolder } from '../tests/fixtures/damage.ts';
import { HEADER_BYTES, PIECE_BYTES } from './cipher.ts';
import { BlobStore } from './store.ts';

/** Damage by the hundred: an image that is not as it was written is never given out for it, not even in part. */

const KEY = '5a'.repeat(32);
const CONTENT = randomBytes(3 * PIECE_BYTES + 1000);
const SHA256 = createHash('sha256').update(CONTENT).digest('hex');
let root: string;
let dir: string;
let blobs: BlobStore;
const fileIn = (folder: string) => path.join(folder, 'blobs', SHA256.slice(0, 2), SHA256.slice(2));

beforeAll(async () => {
  root = damageFolder();
  dir = path.join(root, 'damaged');
  await store(path.join(root, 'sound'));
  blobs = new BlobStore({ dir, keyHex: KEY });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function store(folder: string): Promise<void> {
  const target = new BlobStore({ dir: folder, keyHex: KEY });
  target.prepare();
  const writer = await target.begin();
  await writer.append(CONTENT);
  await writer.finish(SHA256, () => {});
}

test.each([{ within: Number.POSITIVE_INFINITY }, { within: HEADER_BYTES }])(
  'a hundred damages to an image (first $within bytes): each is found, and storing it again heals it',
  async ({ within }) => {
    const sound = readFileSync(fileIn(path.join(root, 'sound')));
    let found = 0;
    for (let seed = 1; seed <= 100; seed++) {
      rmSync(dir, { recursive: true, force: true });
      cpSync(path.join(root, 'sound'), dir, { recursive: true });
      const file = fileIn(dir);
      const done = `seed ${seed}: ${damageFile(file, DAMAGES[seed % DAMAGES.length] ?? 'flip', seed, within)}`;
      // A zero that was one already is no damage.
      if (existsSync(file) && readFileSync(file).equals(sound)) continue;
      found += 1;
      const expected = existsSync(file) ? 'blob-damaged' : 'blob-missing';
      expect(await blobs.check(SHA256), done).toBe(expected);
      await expect(blobs.read(SHA256), done).rejects.toMatchObject({ code: expected });
      for (let at = 0; at < CONTENT.length; at += PIECE_BYTES) {
        const part = await blobs.read(SHA256, at, PIECE_BYTES).catch(() => null);
        if (part) expect(part.equals(CONTENT.subarray(at, at + PIECE_BYTES)), `${done}, from ${at}`).toBe(true);
      }
      await store(dir);
      expect((await blobs.read(SHA256)).equals(CONTENT), done).toBe(true);
    }
    expect(found).toBeGreaterThan(95);
  },
);
