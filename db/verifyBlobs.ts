import type { BlobStore } from '../blob/store.ts';

export interface BlobFinding {
  code: 'blob-missing' | 'blob-damaged';
  /** Its hash, under which it lies; never content. */
  detail: string;
}

/** Reads every image that must be here and takes its hash anew. */
export async function verifyBlobs(images: readonly string[], blobs: Pick<BlobStore, 'check'>): Promise<BlobFinding[]> {
  const findings: BlobFinding[] = [];
  for (const detail of images) {
    const code = await blobs.check(detail);
    if (code !== 'good') findings.push({ code, detail });
  }
  return findings;
}
