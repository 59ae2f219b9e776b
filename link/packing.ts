import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);

/** What fits one packet gains nothing. */
const PACK_FROM_BYTES = 1024;

/**
 * Packing is time of both sides for time on the line: ops shrink to a fifth at 50 MB/s, at the quickest level to a quarter at
 * 150 MB/s, and are unpacked at 300 MB/s. So a line that carries more in a second is better off without.
 */
const LEVELS: readonly { upTo: number; level: number }[] = [
  { upTo: 2_000_000, level: 6 },
  { upTo: 24_000_000, level: 1 },
];

/**
 * @param bytesPerSecond of the line; null: nobody knows, and it may be slow
 * @returns null: sent as it is
 */
export function packingLevel(bytesPerSecond: number | null): number | null {
  return LEVELS.find(({ upTo }) => (bytesPerSecond ?? 0) < upTo)?.level ?? null;
}

/** @returns null: it goes as it is */
export async function pack(bytes: Uint8Array, bytesPerSecond: number | null): Promise<Uint8Array<ArrayBuffer> | null> {
  const level = packingLevel(bytesPerSecond);
  return level === null || bytes.length <= PACK_FROM_BYTES
    ? null
    : ((await compress(bytes, { level })) as Buffer<ArrayBuffer>);
}
