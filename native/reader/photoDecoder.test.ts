import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fakeDecoder } from '../../tests/fixtures/photoDecoder.ts';
import { decodePhoto, WLT_BYTES } from './photoDecoder.ts';

const WLT = Uint8Array.from({ length: WLT_BYTES }, (_, index) => index & 0xff);
const node = (source: string) => ({ command: process.execPath, args: ['-e', source] });

test('the decoder gets the whole record and its picture comes back', async () => {
  const result = await decodePhoto(WLT, fakeDecoder());
  if (!result.ok) throw new Error(result.failure);
  expect(result.image.type).toBe('image/bmp');
  const bytes = Buffer.from(result.image.base64, 'base64');
  // 54 + 126 rows of 308 bytes (devices.md §1.7).
  expect(bytes.length).toBe(38_862);
  expect(bytes.subarray(54, 54 + WLT_BYTES).equals(WLT)).toBe(true);
});

test.each([
  ['a decoder that fails', node('process.exit(3)'), 'exit'],
  ['a decoder that crashes', node('process.kill(process.pid, "SIGSEGV")'), 'exit'],
  ['a decoder that is not installed', { command: '/nonexistent/decoder', args: [] }, 'not-started'],
  ['a decoder that says nothing', node(''), 'no-image'],
  ['a decoder that writes words', node('console.log("licence expired")'), 'no-image'],
  ['a decoder without end', node('setInterval(() => process.stdout.write(Buffer.alloc(65536)), 1)'), 'too-large'],
])('%s costs nothing but the picture', async (_, decoder, failure) => {
  expect(await decodePhoto(WLT, decoder)).toEqual({ ok: false, failure });
});

test('a decoder that hangs is ended', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'decoder-'));
  const pidFile = join(folder, 'pid');
  try {
    const hanging = node(
      `require('node:fs').writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); setInterval(() => {}, 1000)`,
    );
    expect(await decodePhoto(WLT, hanging, 1000)).toEqual({ ok: false, failure: 'deadline' });
    const pid = Number(readFileSync(pidFile, 'utf8'));
    await expect.poll(() => isRunning(pid)).toBe(false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('what is no photo record is not given to the decoder', async () => {
  const loud = node('process.stdout.write("BM")');
  expect(await decodePhoto(new Uint8Array(1023), loud)).toEqual({ ok: false, failure: 'not-wlt' });
});
