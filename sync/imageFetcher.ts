import { HashDiffersError } from '../blob/writer.ts';
import { BLOB_PATH } from '../contract/blobs.ts';
import type { Store } from '../db/store.ts';
import { ownFetch } from '../link/secureFetch.ts';
import type { ImageLine } from './imageLine.ts';

const DEADLINE_MS = 20_000;
const TRIES = 3;

/** Why an image could not be brought. */
export class ImageFetchError extends Error {
  override name = 'ImageFetchError';
  readonly kind: 'offline' | 'not-there';

  constructor(kind: ImageFetchError['kind'], cause?: unknown) {
    super(kind, cause === undefined ? undefined : { cause });
    this.kind = kind;
  }
}

/**
 * Brings an image from the centre into this machine's store, where it is kept until the retention of its case. What
 * broke off goes on where it was; what is not what its name says is not kept.
 * @throws ImageFetchError; NodeJS.ErrnoException such as `ENOSPC`
 */
export async function fetchImage(store: Store, line: ImageLine, sha256: string, now: number): Promise<void> {
  const token = line.token();
  if (token === null) throw new ImageFetchError('offline');
  const url = `${line.url().replace(/\/+$/, '')}${BLOB_PATH}/${sha256}`;
  const send = line.tls ? ownFetch(line.tls) : fetch;
  const writer = await store.blobs.begin();
  let received = 0;
  let failure: unknown = null;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    try {
      const response = await send(url, {
        headers: { authorization: `Bearer ${token}`, ...(received > 0 && { range: `bytes=${received}-` }) },
        signal: AbortSignal.timeout(DEADLINE_MS),
      });
      if (response.status === 404) {
        await writer.abort();
        throw new ImageFetchError('not-there');
      }
      if (!response.ok || !response.body) throw new Error(`status ${response.status}`);
      for await (const bytes of response.body) {
        await writer.append(bytes);
        received += bytes.length;
      }
      await writer.finish(sha256, () => store.scans.noteAtCentre(sha256, new Date(now).toISOString()));
      return;
    } catch (error) {
      if (error instanceof ImageFetchError || isDisk(error)) throw error;
      if (error instanceof HashDiffersError) throw new ImageFetchError('not-there', error);
      failure = error;
    }
  }
  await writer.abort();
  throw new ImageFetchError('offline', failure);
}

function isDisk(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EIO';
}
