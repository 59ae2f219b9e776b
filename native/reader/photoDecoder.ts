import { spawn } from 'node:child_process';
import type { PhotoImage } from '../../contract/identity.ts';

/** Length of the photo record, a closed format called WLT (devices.md §1.7). */
export const WLT_BYTES = 1024;

const DEADLINE_MS = 3000;
/** A decoded photo is 102 × 126 pixels, 38,862 bytes as BMP. */
const MAX_IMAGE_BYTES = 256 * 1024;

/** First bytes of what a page can show. */
const IMAGE_TYPES = [
  { type: 'image/bmp', magic: Buffer.from('BM') },
  { type: 'image/png', magic: Buffer.from('\x89PNG\r\n\x1a\n', 'latin1') },
  { type: 'image/jpeg', magic: Buffer.from('\xff\xd8\xff', 'latin1') },
] as const;

export type PhotoFailure = 'not-started' | 'exit' | 'deadline' | 'no-image' | 'too-large' | 'not-wlt';

export type PhotoResult = { ok: true; image: PhotoImage } | { ok: false; failure: PhotoFailure };

export interface PhotoDecoder {
  /** Program of the reader's vendor; no public decoder exists. */
  command: string;
  args: readonly string[];
}

/**
 * Runs the vendor's decoder on one photo: the 1,024 bytes on its standard input, a BMP, PNG or JPEG on its standard
 * output. A process of its own each time, so that a closed library can crash or hang without harm; never throws, and
 * nothing of the photo is kept or written anywhere.
 */
export function decodePhoto(
  wlt: Uint8Array,
  { command, args }: PhotoDecoder,
  deadlineMs = DEADLINE_MS,
): Promise<PhotoResult> {
  if (wlt.length !== WLT_BYTES) return Promise.resolve({ ok: false, failure: 'not-wlt' });
  return new Promise((resolve) => {
    const child = spawn(command, [...args], { stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true });
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (result: PhotoResult): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      resolve(result);
    };
    const timer = setTimeout(() => finish({ ok: false, failure: 'deadline' }), deadlineMs);
    child.on('error', () => finish({ ok: false, failure: 'not-started' }));
    // A decoder may end without reading everything.
    child.stdin.on('error', () => {});
    child.stdin.end(Buffer.from(wlt));
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_IMAGE_BYTES) finish({ ok: false, failure: 'too-large' });
      else chunks.push(chunk);
    });
    child.on('close', (code) => {
      if (code !== 0) finish({ ok: false, failure: 'exit' });
      else finish(describe(Buffer.concat(chunks)));
    });
  });
}

function describe(bytes: Buffer): PhotoResult {
  const found = IMAGE_TYPES.find(({ magic }) => bytes.subarray(0, magic.length).equals(magic));
  if (!found) return { ok: false, failure: 'no-image' };
  return { ok: true, image: { type: found.type, base64: bytes.toString('base64') } };
}
