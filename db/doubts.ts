import type Database from 'better-sqlite3';
import { type Op, streamOf } from '../domain/ledger/op.ts';
import { blobToUuid, uuidToBlob } from './ids.ts';
import type { OpRow } from './opRow.ts';

/** What the centre alone decides, and whose streams are built anew without what it does not have. */
const KINDS = ['case', 'scan', 'return'];
const COUNTS = `
  applied = 1 AND stream_kind IN (${KINDS.map((kind) => `'${kind}'`).join(', ')})
  AND ord NOT IN (SELECT ord FROM lone_op) AND stream_id NOT IN (SELECT stream_id FROM pruned_stream)`;
const MAY_BE_LOST = `device <> @device AND ${COUNTS}`;
/** Of own ops the hub has acknowledged, and of which nothing was heard since, only the centre can say more. */
const MAY_BE_OVERTAKEN = `
  ${COUNTS} AND NOT (device = @device AND EXISTS (SELECT 1 FROM op_result WHERE epoch = op.epoch AND seq = op.seq))`;

/** A row by name and content, so that the centre can say what became of it. */
export interface AskableOp {
  /** Its place in the log here. */
  ord: number;
  opId: string;
  device: string;
  epoch: number;
  seq: number;
  kind: string;
  stream: string;
  bodyHash: string;
}

export function askable({ ord, op_id, device, epoch, seq, kind, ...row }: OpRow): AskableOp {
  return {
    ...{ ord, opId: blobToUuid(op_id), device: blobToUuid(device), epoch, seq, kind },
    stream: `${row.stream_kind}:${blobToUuid(row.stream_id)}`,
    bodyHash: Buffer.from(row.body_hash).toString('hex'),
  };
}

/**
 * Rows of which something here tells that the centre may not have them, until it has said so. Behind a hub nothing else tells: its
 * scopes go on when the centre alone was put back, and so does what it has acknowledged.
 */
export class Doubts {
  readonly #db: Database.Database;
  readonly #device: Uint8Array;
  readonly #isAny: Database.Statement;
  readonly #next: Database.Statement;
  readonly #settle: Database.Statement;

  constructor(db: Database.Database, device: string) {
    this.#db = db;
    this.#device = uuidToBlob(device);
    this.#isAny = db.prepare('SELECT 1 FROM doubted_op');
    this.#next = db.prepare('SELECT op.* FROM doubted_op CROSS JOIN op USING (ord) ORDER BY ord LIMIT ?');
    this.#settle = db.prepare('DELETE FROM doubted_op WHERE ord = ?');
  }

  /**
   * Rows were taken. What contradicts them here stands in the way of what the centre has published; and of what a machine has
   * noted as come back (退回记录) the op itself may be here. Part of the surrounding transaction.
   * @param contradicting those of them that could not be applied
   */
  note(contradicting: readonly Op[], taken: readonly Op[]): void {
    const decided = contradicting.filter((op) => KINDS.includes(streamOf(op).kind));
    if (decided.length > 0) this.#noteInTheWayOf(decided);
    for (const { kind, stream, body } of taken) if (kind === 'return.noted') this.#noteReturned(stream, body);
  }

  /** The centre has refused an act on this stream, since it has not what the act was made on. */
  noteStream(stream: string): void {
    this.#db
      .prepare(`
        INSERT OR IGNORE INTO doubted_op (ord) SELECT ord FROM op
        WHERE ${MAY_BE_LOST} AND stream_id = @stream`)
      .run({ device: this.#device, stream: uuidToBlob(stream.slice(stream.indexOf(':') + 1)) });
  }

  isAny(): boolean {
    return this.#isAny.get() !== undefined;
  }

  /** The first of them, at most `limit`. */
  next(limit: number): AskableOp[] {
    return (this.#next.all(limit) as OpRow[]).map(askable);
  }

  /** The centre has answered. Part of the surrounding transaction. */
  settle(ord: number): void {
    this.#settle.run(ord);
  }

  /** One look through the log for all of them: it has no index by stream. */
  #noteInTheWayOf(contradicting: readonly Op[]): void {
    const first = new Map<string, number>();
    for (const { stream, base_ver: base } of contradicting)
      first.set(stream, Math.min(base, first.get(stream) ?? Number.POSITIVE_INFINITY));
    const streams = [...first].map(([stream, base]) => ({
      id: uuidToBlob(stream.slice(stream.indexOf(':') + 1)).toString('hex'),
      base,
    }));
    this.#db
      .prepare(`
        INSERT OR IGNORE INTO doubted_op (ord)
        SELECT ord FROM op JOIN json_each(@streams) ON stream_id = unhex(value ->> '$.id') AND base_ver >= value ->> '$.base'
        WHERE ${MAY_BE_OVERTAKEN}`)
      .run({ device: this.#device, streams: JSON.stringify(streams) });
  }

  #noteReturned(stream: string, body: unknown): void {
    const { device, epoch, seq } = body as { device: string; epoch: number; seq: number };
    this.#db
      .prepare(`
        INSERT OR IGNORE INTO doubted_op (ord) SELECT ord FROM op
        WHERE device = @author AND epoch = @epoch AND seq = @seq AND op_id = @id AND ${MAY_BE_LOST}`)
      .run({
        ...{ device: this.#device, author: uuidToBlob(device), epoch, seq },
        id: uuidToBlob(stream.slice('return:'.length)),
      });
  }
}
