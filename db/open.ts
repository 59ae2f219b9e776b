import Database from 'better-sqlite3';

/** The one way to open a data file: encrypted, WAL, and durable at every commit (design.md §4). */

/**
 * Set on every open, in this order. WAL with `synchronous=NORMAL` is what the library compiles in for an existing WAL
 * file, so FULL must be set again each time; without it a power cut can take back what the screen called saved.
 * `temp_store=MEMORY` keeps sorted personal data out of unencrypted temporary files.
 * `cache_size`: 32 MiB, taken only as a file is that large; the library's 2 MiB do not hold the upper pages of one table
 * of a hall's year, and every row found is then five pages to decrypt instead of two.
 */
export const OPEN_PRAGMAS = [
  'journal_mode=WAL',
  'synchronous=FULL',
  'foreign_keys=ON',
  'trusted_schema=OFF',
  'temp_store=MEMORY',
  'busy_timeout=5000',
  'cache_size=-32768',
] as const;

/** AEGIS-256, authenticated, a third of ChaCha20-Poly1305's cost a page here (docs/adr/0002). */
export const CIPHER = 'aegis';

export class StoreError extends Error {
  override name = 'StoreError';
  readonly code: 'not-durable' | 'wrong-key' | 'newer-schema' | 'damaged' | 'in-use';
  /** Of `damaged`: where the files are now. */
  readonly quarantine: string | null;

  constructor(code: StoreError['code'], detail: string, cause?: unknown, quarantine: string | null = null) {
    super(`${code}: ${detail}`, cause === undefined ? undefined : { cause });
    this.code = code;
    this.quarantine = quarantine;
  }
}

export interface OpenOptions {
  /** Path, or `:memory:`. */
  file: string;
  /** 32 bytes as 64 hex digits; a raw key, so that opening costs no key derivation. */
  keyHex: string;
  readonly?: boolean;
  /** A backup: only ever read, so it has no durability to assert. */
  archived?: boolean;
  /** Only a test passes its own list, to see the assertion fail. */
  pragmas?: readonly string[];
}

/**
 * @throws StoreError `wrong-key` when the file is not readable with this key, `not-durable` when FULL did not take
 */
export function openDatabase({
  file,
  keyHex,
  readonly = false,
  archived = false,
  pragmas = OPEN_PRAGMAS,
}: OpenOptions): Database.Database {
  if (!/^[0-9a-f]{64}$/.test(keyHex)) throw new StoreError('wrong-key', 'a key has 64 hex digits');
  const db = new Database(file, { readonly });
  try {
    if (file !== ':memory:') {
      db.pragma(`cipher='${CIPHER}'`);
      db.pragma(`key="raw:${keyHex}"`);
    }
    try {
      db.prepare('SELECT count(*) FROM sqlite_schema').get();
    } catch (error) {
      throw new StoreError('wrong-key', 'not a database, or not with this key', error);
    }
    for (const pragma of pragmas) {
      if (!(readonly && pragma.startsWith('journal_mode'))) db.pragma(pragma);
    }
    if (file !== ':memory:' && !archived) assertDurable(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** @throws StoreError `not-durable` */
export function assertDurable(db: Database.Database): void {
  const synchronous = db.pragma('synchronous', { simple: true });
  const journal = db.pragma('journal_mode', { simple: true });
  if (synchronous !== 2 || journal !== 'wal') {
    throw new StoreError('not-durable', `synchronous=${String(synchronous)}, journal_mode=${String(journal)}`);
  }
}
