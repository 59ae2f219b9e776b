import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PartialFile } from './partial.ts';

const KEY = Buffer.alloc(32, 7);
const NAME = 'a'.repeat(64);

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'yichuang-partial-'));
  file = path.join(dir, 'part');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function write(pieces: readonly Buffer[], size: number): Promise<void> {
  const partial = await PartialFile.create(file, KEY, { name: NAME, size });
  for (const piece of pieces) await partial.append(piece);
  await partial.sync();
  await partial.close();
}

async function contentOf(partial: PartialFile): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of partial.read()) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function resume(name = NAME, key = KEY): Promise<PartialFile> {
  const partial = await PartialFile.resume(file, key, name);
  if (!partial) throw new Error('not such a file');
  return partial;
}

describe('a file that arrives in parts', () => {
  test('goes on where it broke off, and is then whole', async () => {
    const content = randomBytes(300_000);
    await write([content.subarray(0, 70_000), content.subarray(70_000, 100_000)], content.length);
    const partial = await resume();
    expect(partial.received).toBe(100_000);
    await partial.append(content.subarray(100_000));
    expect(partial.received).toBe(partial.size);
    expect(await contentOf(partial)).toEqual(content);
    expect(await partial.hash()).toBe(createHash('sha256').update(content).digest('hex'));
    await partial.close();
  });

  test('takes no more than was announced', async () => {
    const partial = await PartialFile.create(file, KEY, { name: NAME, size: 10 });
    await partial.append(Buffer.alloc(8));
    await expect(partial.append(Buffer.alloc(3))).rejects.toThrow(RangeError);
    expect(partial.received).toBe(8);
    await partial.close();
  });

  test('is not readable on the disk, nor under another name or key', async () => {
    const content = Buffer.from('身份证 220402199003071231 '.repeat(100));
    await write([content], content.length * 2);
    expect(readFileSync(file).includes(content.subarray(0, 30))).toBe(false);
    const other = await resume('b'.repeat(64));
    expect(other.received).toBe(0);
    await other.close();
  });

  test('another key reads nothing of it', async () => {
    await write([Buffer.alloc(100)], 200);
    const other = await resume(NAME, Buffer.alloc(32, 8));
    expect(other.received).toBe(0);
    await other.close();
  });

  test('whatever a crash cut off, what is left is a beginning of the content', async () => {
    const pieces = [randomBytes(1000), randomBytes(5000), randomBytes(1), randomBytes(3000)];
    const content = Buffer.concat(pieces);
    await write(pieces, content.length);
    const whole = readFileSync(file);
    const ends = pieces.map((_, index) => Buffer.concat(pieces.slice(0, index + 1)).length);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 28, max: whole.length }), async (cut) => {
        writeFileSync(file, whole);
        truncateSync(file, cut);
        const partial = await resume();
        expect([0, ...ends]).toContain(partial.received);
        expect(await contentOf(partial)).toEqual(content.subarray(0, partial.received));
        await partial.append(content.subarray(partial.received));
        expect(await contentOf(partial)).toEqual(content);
        await partial.close();
      }),
      { numRuns: 60 },
    );
  });

  test('a flipped byte ends what counts as received before it', async () => {
    const pieces = [randomBytes(1000), randomBytes(1000)];
    await write(pieces, 2000);
    const bytes = readFileSync(file);
    // In the second record.
    bytes[bytes.length - 500] = (bytes[bytes.length - 500] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    const partial = await resume();
    expect(partial.received).toBe(1000);
    await partial.close();
  });

  test('what is no such file is said to be none', async () => {
    writeFileSync(file, 'something else entirely, long enough to be read');
    expect(await PartialFile.resume(file, KEY, NAME)).toBeNull();
  });
});
