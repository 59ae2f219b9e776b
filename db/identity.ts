import type Database from 'better-sqlite3';
import type { Receipt } from '../contract/signing.ts';
import { receiptStatement } from '../domain/ledger/statements.ts';
import { fingerprint, isSignedSync } from '../signing/check.ts';
import { makeSigningKey, SigningKey } from '../signing/key.ts';
import { blobToUuid, uuidToBlob } from './ids.ts';
import { readMeta, writeMeta } from './meta.ts';

interface ReceiptRow {
  authority: Uint8Array;
  device: Uint8Array;
  epoch: number;
  acked: number;
  head: string;
  at: string;
  signature: string;
}

/** The key by which this machine signs, whose keys it believes, and what was promised to it. */
export class Identity {
  readonly #db: Database.Database;
  readonly #now: () => number;
  #key: SigningKey | null = null;

  constructor(db: Database.Database, now: () => number) {
    this.#db = db;
    this.#now = now;
  }

  /** The key of this machine, made now when there is none: it was enrolled by a program that did not sign. */
  key(): SigningKey {
    const sealed = readMeta(this.#db, 'device-key');
    if (sealed === null) this.signBy(makeSigningKey());
    else this.#key ??= SigningKey.open(sealed);
    return this.#key ?? this.key();
  }

  /** What people compare of it with what the centre says. */
  fingerprint(): string {
    return fingerprint(this.key().publicKey);
  }

  /** From now on this machine signs by this key, PKCS #8 in base64. */
  signBy(sealed: string): void {
    writeMeta(this.#db, 'device-key', sealed);
    this.#key = SigningKey.open(sealed);
  }

  /** Remembers by which key a hub or centre signs. @returns false when another is known */
  believe(device: string, publicKey: string): boolean {
    this.#db
      .prepare('INSERT INTO authority (device, public_key, since) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
      .run(uuidToBlob(device), publicKey, new Date(this.#now()).toISOString());
    return this.keyOf(device) === publicKey;
  }

  keyOf(device: string): string | null {
    const row = this.#db.prepare('SELECT public_key FROM authority WHERE device = ?').get(uuidToBlob(device)) as
      | { public_key: string }
      | undefined;
    return row?.public_key ?? null;
  }

  /** Whether somebody who is believed has signed this. */
  isGenuine(receipt: Receipt): boolean {
    const publicKey = this.keyOf(receipt.by);
    return publicKey !== null && isSignedSync(publicKey, receiptStatement(receipt), receipt.signature);
  }

  /** Keeps the newest; part of the surrounding transaction. */
  saveReceipt({ by, device, epoch, acked, head, at, signature }: Receipt): void {
    this.#db
      .prepare(`
        INSERT INTO receipt (authority, device, epoch, acked, head, at, signature) VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (authority, device, epoch) DO UPDATE SET
          acked = excluded.acked, head = excluded.head, at = excluded.at, signature = excluded.signature
        WHERE excluded.acked >= receipt.acked`)
      .run(uuidToBlob(by), uuidToBlob(device), epoch, acked, head, at, signature);
  }

  receipts(): Receipt[] {
    const rows = this.#db.prepare('SELECT * FROM receipt ORDER BY device, epoch, authority').all() as ReceiptRow[];
    return rows.map(({ authority, device, ...row }) => ({
      by: blobToUuid(authority),
      device: blobToUuid(device),
      ...row,
    }));
  }

  receiptOf(by: string, epoch: number): Receipt | null {
    return this.receipts().find((each) => each.by === by && each.epoch === epoch) ?? null;
  }
}
