import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { openPromise } from 'yauzl';

const SYMLINK = 0o120000;
const FILE_TYPE = 0o170000;

export const run = promisify(execFile);

/** @returns hash of the file as subresource integrity writes it, e.g. `sha512-…` */
export async function integrityOf(file: string, algorithm: 'sha256' | 'sha512'): Promise<string> {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return `${algorithm}-${hash.digest('base64')}`;
}

/**
 * Writes the files of a zip for which `place` names a target.
 * @throws Error on a symbolic link among them, or what yauzl finds wrong (names that climb out, sizes)
 */
export async function unzip(zip: string, place: (name: string) => string | null): Promise<void> {
  const archive = await openPromise(zip, { autoClose: false });
  try {
    for await (const entry of archive.eachEntry()) {
      const target = entry.fileName.endsWith('/') ? null : place(entry.fileName);
      if (target === null) continue;
      if (((entry.externalFileAttributes >>> 16) & FILE_TYPE) === SYMLINK) {
        throw new Error(`unexpected link in the archive: ${entry.fileName}`);
      }
      mkdirSync(path.dirname(target), { recursive: true });
      await pipeline(await archive.openReadStreamPromise(entry), createWriteStream(target));
    }
  } finally {
    archive.close();
  }
}
