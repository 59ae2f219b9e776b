import type Database from 'better-sqlite3';
import { genesisHash, type Op, sealOp } from '../domain/ledger/op.ts';
import { sha256Hex } from './digest.ts';
import { uuidToBlob } from './ids.ts';
import { type OpRow, opFromRow } from './opRow.ts';

/** The ops of this device as they stand in the log, epoch by epoch, each chained to the one before it. */
export class OwnChain {
  readonly #db: Database.Database;
  readonly #device: string;
  readonly #key: Uint8Array;
  readonly #head: Database.Statement;

  constructor(db: Database.Database, device: string) {
    this.#db = db;
    this.#device = device;
    this.#key = uuidToBlob(device);
    this.#head = db.prepare('SELECT seq, hash, hlc FROM op WHERE device = ? AND epoch = ? ORDER BY seq DESC LIMIT 1');
  }

  /** Its last op in an epoch; null: there is none. */
  last(epoch: number): { seq: number; hash: string; hlc: string } | null {
    const row = this.#head.get(this.#key, epoch) as { seq: number; hash: Uint8Array; hlc: string } | undefined;
    return row ? { seq: row.seq, hash: Buffer.from(row.hash).toString('hex'), hlc: row.hlc } : null;
  }

  /** Where the chain of an epoch stands, also of one without an op. */
  head(epoch: number): { seq: number; hash: string } {
    const last = this.last(epoch);
    return last ? { seq: last.seq, hash: last.hash } : { seq: 0, hash: genesisHash(this.#device, epoch, sha256Hex) };
  }

  /** Chain hash at an op of an epoch, at 0 that of the empty chain; null where there is none. */
  hashAt(seq: number, epoch: number): string | null {
    if (seq === 0) return genesisHash(this.#device, epoch, sha256Hex);
    const hash = this.#db
      .prepare('SELECT hash FROM op WHERE device = ? AND epoch = ? AND seq = ?')
      .pluck()
      .get(this.#key, epoch, seq) as Uint8Array | undefined;
    return hash ? Buffer.from(hash).toString('hex') : null;
  }

  /** Ops of an epoch after `seq`, oldest first, at most `limit`. */
  readAfter(seq: number, limit: number, epoch: number): Op[] {
    const rows = this.#db
      .prepare('SELECT * FROM op WHERE device = ? AND epoch = ? AND seq > ? ORDER BY seq LIMIT ?')
      .all(this.#key, epoch, seq, limit) as OpRow[];
    return rows.map(opFromRow);
  }

  /** Sequence numbers of an epoch, rising; a salvaged chain has gaps. */
  seqsOf(epoch: number): number[] {
    return this.#db
      .prepare('SELECT seq FROM op WHERE device = ? AND epoch = ? ORDER BY seq')
      .pluck()
      .all(this.#key, epoch) as number[];
  }

  /** Whether this op went over into a later epoch than the one it was met in. */
  hasGoneOver({ op_id, epoch }: Pick<Op, 'op_id' | 'epoch'>): boolean {
    const later = this.#db.prepare('SELECT 1 FROM op WHERE device = ? AND epoch > ? AND op_id = ?');
    return later.get(this.#key, epoch, uuidToBlob(op_id)) !== undefined;
  }

  /** An op of an epoch that is over, into the chain of another: its id, and its place in the order of arrival, stay. */
  move(op: Op, epoch: number): void {
    const { hash, seq } = this.head(epoch);
    const moved = sealOp({ ...op, epoch, seq: seq + 1 }, hash, sha256Hex);
    this.#db
      .prepare('UPDATE op SET epoch = ?, seq = ?, prev_hash = ?, hash = ? WHERE device = ? AND epoch = ? AND seq = ?')
      .run(
        epoch,
        moved.seq,
        Buffer.from(hash, 'hex'),
        Buffer.from(moved.hash, 'hex'),
        uuidToBlob(op.device),
        op.epoch,
        op.seq,
      );
    this.#db
      .prepare('UPDATE case_file SET own_epoch = ?, own_seq = ? WHERE own_epoch = ? AND own_seq = ?')
      .run(epoch, moved.seq, op.epoch, op.seq);
  }
}
