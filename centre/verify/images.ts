import { existsSync } from 'node:fs';
import path from 'node:path';
import { BlobStore } from '../../blob/store.ts';
import { loadKeyFile } from '../store/keyFile.ts';

export interface ImageFinding {
  code: 'blob-damaged';
  /** Its hash, under which it lies. */
  detail: string;
}

/**
 * Reads every image in the folder of a centre, running or not. One that is not there yet may still be on its way; one that is
 * not what was written is told.
 * @throws KeyFileError
 */
export async function verifyImages(dataDir: string): Promise<ImageFinding[]> {
  if (!existsSync(path.join(dataDir, 'blobs'))) return [];
  const blobs = new BlobStore({ dir: dataDir, keyHex: loadKeyFile(dataDir, false) });
  const findings: ImageFinding[] = [];
  for (const { sha256 } of await blobs.list())
    if ((await blobs.check(sha256)) === 'blob-damaged') findings.push({ code: 'blob-damaged', detail: sha256 });
  return findings;
}
