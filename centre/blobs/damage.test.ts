import { createHash, randomBytes } from 'node:crypto';
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { Upload } from '@tus/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BlobStore } from '../../blob/store.ts';
import { DAMAGES, damageFile, damageFolder } from '../../tests/fixtures/damage.ts';
import { loadKeyFile } from '../store/keyFile.ts';
import { verifyImages } from '../verify/images.ts';
import { BlobUploads } from './uploads.ts';

/** Damage by the hundred to what a centre has of an image, half sent or whole: sent again, it is as it was scanned. */

const CONTENT = randomBytes(200_000);
const SHA256 = createHash('sha256').update(CONTENT).digest('hex');
const HALF = 120_000;
let root: string;
let dir: string;
let keyHex: string;

beforeAll(async () => {
  root = damageFolder();
  dir = path.join(root, 'damaged');
  keyHex = loadKeyFile(root, true);
  await send(open('half').uploads, HALF);
  await send(open('whole').uploads, CONTENT.length);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function open(name: string) {
  const folder = path.join(root, name);
  const blobs = new BlobStore({ dir: folder, keyHex });
  blobs.prepare();
  cpSync(path.join(root, 'centre.key'), path.join(folder, 'centre.key'));
  return { blobs, uploads: new BlobUploads({ dir: folder, keyHex, blobs }) };
}

/** As a terminal does: asks how far it is, and goes on from there. @returns how far it was */
async function send(uploads: BlobUploads, upTo: number): Promise<number> {
  const found = await uploads.getUpload(SHA256).catch(() => null);
  if (!found) await uploads.create(new Upload({ id: SHA256, size: CONTENT.length, offset: 0 }));
  const from = found?.offset ?? 0;
  if (from >= upTo) return from;
  const pieces = [];
  for (let at = from; at < upTo; at += 16_384) pieces.push(CONTENT.subarray(at, Math.min(at + 16_384, upTo)));
  await uploads.write(Readable.from(pieces), SHA256, from);
  return from;
}

test.each([
  { state: 'half', file: `uploads/${SHA256}` },
  { state: 'whole', file: `blobs/${SHA256.slice(0, 2)}/${SHA256.slice(2)}` },
])('a hundred damages to an image that is $state here', async ({ state, file }) => {
  let healed = 0;
  for (let seed = 1; seed <= 100; seed++) {
    rmSync(dir, { recursive: true, force: true });
    cpSync(path.join(root, state), dir, { recursive: true });
    const target = path.join(dir, file);
    const done = `seed ${seed}: ${damageFile(target, DAMAGES[seed % DAMAGES.length] ?? 'flip', seed)}`;
    const isChanged = !existsSync(target) || !readFileSync(target).equals(readFileSync(path.join(root, state, file)));
    if (state === 'whole') {
      const found = await verifyImages(dir);
      const expected = isChanged && existsSync(target) ? [{ code: 'blob-damaged', detail: SHA256 }] : [];
      expect(found, done).toEqual(expected);
    }
    const { blobs, uploads } = open('damaged');
    const from = await send(uploads, CONTENT.length);
    expect((await blobs.read(SHA256)).equals(CONTENT), done).toBe(true);
    expect(await verifyImages(dir), done).toEqual([]);
    if (from < (state === 'half' ? HALF : CONTENT.length)) healed += 1;
  }
  expect(healed).toBeGreaterThan(70);
});
