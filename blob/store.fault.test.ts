import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BlobStore } from './store.ts';

const KEY = '5a'.repeat(32);
const WRITER = path.join(import.meta.dirname, '../tests/fixtures/blobWriter.ts');
const LENGTH = 700_000;

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'yichuang-blobs-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Starts the writer, kills it when `when` says so of a line it printed, and returns all its lines. */
async function killWhen(when: (line: string, seen: readonly string[]) => boolean): Promise<string[]> {
  const child = spawn(process.execPath, [WRITER, dir, KEY, String(LENGTH)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = once(child, 'exit');
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (when(line, lines)) child.kill('SIGKILL');
  }
  await gone;
  return lines;
}

test('kill -9 at any moment leaves no blob half written under its name, and none that was reported is lost', async () => {
  const blobs = new BlobStore({ dir, keyHex: KEY });
  const reported = new Set<string>();
  for (let round = 1; round <= 6; round += 1) {
    // Odd rounds die while a blob is written, even ones just after one got its name.
    const word = round % 2 === 1 ? 'begin' : 'named';
    const lines = await killWhen((_, seen) => seen.filter((line) => line.startsWith(word)).length === round);
    for (const line of lines) if (line.startsWith('named ')) reported.add(line.slice('named '.length));
    const named = (await blobs.list()).map(({ sha256 }) => sha256);
    for (const sha256 of named) expect(await blobs.check(sha256)).toBe('good');
    expect(named).toEqual(expect.arrayContaining([...reported]));
  }
  expect(reported.size).toBeGreaterThan(5);
  const leftOver = () => readdirSync(path.join(dir, 'blobs', 'incoming'));
  blobs.prepare();
  expect(leftOver()).toEqual([]);
}, 60_000);

test('a disk that takes no more is said so by the system’s own error, and nothing remains', async () => {
  // The limit of the shell is the one way to have a real refusal on any machine.
  const script = `
    import { randomBytes } from 'node:crypto';
    import { readdirSync } from 'node:fs';
    import { BlobStore } from '${path.join(import.meta.dirname, './store.ts')}';
    const blobs = new BlobStore({ dir: '${dir}', keyHex: '${KEY}' });
    blobs.prepare();
    const writer = await blobs.begin();
    const code = await writer.append(randomBytes(2_000_000)).then(() => 'taken', (error) => error.code);
    process.stdout.write(JSON.stringify([code, readdirSync('${dir}/blobs/incoming')]));`;
  const limited = `ulimit -f 512; exec "$0" --input-type=module -e "$1"`;
  const printed = execFileSync('sh', ['-c', limited, process.execPath, script], { encoding: 'utf8' });
  expect(JSON.parse(printed)).toEqual(['EFBIG', []]);
});
