import { digestWith, emptyScopeDigest } from '../domain/ledger/scopeDigest.ts';
import { sha256Hex } from './digest.ts';
import type { ScopeStore } from './store/scopeTypes.ts';

/** A digest is kept at every so many rows: to find one in between, no more than these are gone through. */
const BLOCK = 1024;
/** Rows gone through for one question: some 20 ms. After a start the digest of a long scope is known after a few questions. */
const ROWS_AT_ONCE = 10_000;
const MAX_SCOPES = 2_000;
/** The newest are kept each: a hall asks for them a moment apart, machine after machine. */
const RECENT = 256;

interface Known {
  pos: number;
  digest: string;
  /** At `BLOCK`, twice that, and so on. */
  blocks: string[];
  /** By position. */
  recent: Map<number, string>;
}

/**
 * Digests of scopes at any position (domain/ledger/scopeDigest.ts), made from the rows as they are stored when somebody
 * asks: writing costs nothing, and a row that was damaged since the start before last shows.
 */
export class ScopeDigests {
  readonly #store: Pick<ScopeStore, 'scopeHashes'>;
  /** Who was asked for last stands last. */
  readonly #known = new Map<string, Known>();

  constructor(store: Pick<ScopeStore, 'scopeHashes'>) {
    this.#store = store;
  }

  /** @returns null while it is not yet known, or where the scope has no such position */
  at(scope: string, pos: number): string | null {
    const known = this.#find(scope);
    if (pos < known.pos) return known.recent.get(pos) ?? this.#between(scope, known, pos);
    let left = ROWS_AT_ONCE;
    while (known.pos < pos && left > 0) {
      const upTo = Math.min(pos, known.pos + BLOCK);
      const rows = this.#store.scopeHashes(scope, { after: known.pos, upTo, kept: false }, BLOCK);
      if (rows.length === 0) return null;
      left -= rows.length;
      for (const row of rows) {
        known.digest = digestWith(known.digest, row.pos, row.hash, sha256Hex);
        known.pos = row.pos;
        known.recent.set(row.pos, known.digest);
        known.recent.delete(row.pos - RECENT);
        if (row.pos % BLOCK === 0) known.blocks.push(known.digest);
      }
    }
    return known.pos === pos ? known.digest : null;
  }

  #between(scope: string, { blocks }: Known, pos: number): string | null {
    const block = Math.floor(pos / BLOCK);
    const after = block * BLOCK;
    const rows = this.#store.scopeHashes(scope, { after, upTo: pos, kept: false }, BLOCK);
    if (rows.length !== pos - after) return null;
    const start = block === 0 ? emptyScopeDigest(scope, sha256Hex) : (blocks[block - 1] as string);
    return rows.reduce((digest, row) => digestWith(digest, row.pos, row.hash, sha256Hex), start);
  }

  #find(scope: string): Known {
    const known = this.#known.get(scope) ?? {
      pos: 0,
      digest: emptyScopeDigest(scope, sha256Hex),
      blocks: [],
      recent: new Map(),
    };
    this.#known.delete(scope);
    this.#known.set(scope, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MAX_SCOPES && oldest !== undefined) this.#known.delete(oldest);
    return known;
  }
}

/** Of the rows that a snapshot gives out, in slices: other requests pass in between. */
export async function digestOfSnapshot(
  store: Pick<ScopeStore, 'scopeHashes'>,
  scope: string,
  head: number,
): Promise<string> {
  let digest = emptyScopeDigest(scope, sha256Hex);
  for (let after = 0; ; ) {
    const rows = store.scopeHashes(scope, { after, upTo: head, kept: true }, BLOCK);
    for (const { pos, hash } of rows) digest = digestWith(digest, pos, hash, sha256Hex);
    const last = rows.at(-1);
    if (!last) return digest;
    after = last.pos;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
