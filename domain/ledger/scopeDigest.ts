import type { Digest } from './op.ts';

/** How far a scope has been read, and what that was. */
export interface ScopePosition {
  pos: number;
  /** Over the position and hash of every row, each with all before it. */
  digest: string;
}

/**
 * Two replicas that have the same digest at the same position of a scope have taken the same ops in the same order.
 * @returns the digest of nothing
 */
export function emptyScopeDigest(scope: string, sha256Hex: Digest): string {
  return sha256Hex(`scope ${scope}`);
}

/** @param digest of everything before */
export function digestWith(digest: string, pos: number, hash: string, sha256Hex: Digest): string {
  return sha256Hex(`${digest} ${pos} ${hash}`);
}

/**
 * Where a scope is read up to with these rows.
 * @param gaps whether positions may be left out, as in a snapshot; otherwise each row is the next one
 * @returns the position of the first row that is out of order, when there is one
 */
export function readOn(
  from: ScopePosition,
  rows: readonly { pos: number; op: { hash: string } }[],
  sha256Hex: Digest,
  gaps = false,
): ScopePosition | { outOfOrder: number } {
  let { pos, digest } = from;
  for (const row of rows) {
    if (gaps ? row.pos <= pos : row.pos !== pos + 1) return { outOfOrder: row.pos };
    pos = row.pos;
    digest = digestWith(digest, pos, row.op.hash, sha256Hex);
  }
  return { pos, digest };
}
