import { readOn, type ScopePosition } from '../domain/ledger/scopeDigest.ts';

/** A page of a scope without what is long over (contract/sync.ts, `snapshotAnswer`). */
export interface SnapshotPage<Row> {
  rows: readonly Row[];
  head: number;
  floor: number;
  digests: { rows: string; scope: string } | null;
}

export interface SnapshotSource<Row> {
  ask(after: number, known: { head: number; floor: number } | null): Promise<SnapshotPage<Row>>;
  /** Keeps the rows, durably; they may come again. */
  take(rows: readonly Row[]): Promise<void> | void;
  sha256Hex: (text: string) => string;
}

/** The snapshot is not what its sender says it is: nothing is known of how far the scope has been read. */
export class SnapshotError extends Error {
  override name = 'SnapshotError';
}

/** The sender makes the digests of a long scope in pieces, ms. */
const DIGEST_PAUSE_MS = 50;
const DIGEST_TRIES = 1200;

/**
 * One snapshot, from its first page to its digests. What a failure breaks off goes on where it was: rows that are kept stay
 * kept, and only with the digests of the whole is the scope read up to its head.
 */
export class SnapshotReader<Row extends { pos: number; op: { hash: string } }> {
  #known: { head: number; floor: number } | null = null;
  #at: ScopePosition;

  /** @param empty digest of nothing of the scope */
  constructor(empty: string) {
    this.#at = { pos: 0, digest: empty };
  }

  /** @returns how far the scope is read @throws SnapshotError, and whatever `ask` and `take` throw */
  async read({ ask, take, sha256Hex }: SnapshotSource<Row>): Promise<ScopePosition> {
    for (let tries = 0; tries < DIGEST_TRIES; ) {
      const page = await ask(this.#at.pos, this.#known);
      this.#known ??= { head: page.head, floor: page.floor };
      const at = readOn(this.#at, page.rows, sha256Hex, true);
      if ('outOfOrder' in at) throw new SnapshotError(`position ${at.outOfOrder} out of order`);
      await take(page.rows);
      this.#at = at;
      if (page.digests) {
        if (page.digests.rows !== at.digest) throw new SnapshotError('rows are missing or others');
        return { pos: this.#known.head, digest: page.digests.scope };
      }
      if (page.rows.length > 0) continue;
      tries += 1;
      await new Promise((resolve) => setTimeout(resolve, DIGEST_PAUSE_MS));
    }
    throw new SnapshotError('no digests came');
  }
}
