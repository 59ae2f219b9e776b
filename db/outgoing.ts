import type Database from 'better-sqlite3';
import { uuidToBlob } from './ids.ts';

/** An own op as it goes over the line. */
export interface OutgoingOp {
  seq: number;
  hash: string;
  stream: string;
  opId: string;
  /** JSON of the whole op, UTF-8. */
  json: Buffer;
}

export interface OutgoingBatch {
  ops: OutgoingOp[];
  /** Of their JSON, with what stands between. */
  bytes: number;
  /** It ended at a limit: there may be more. */
  isFull: boolean;
}

type Row = [seq: number, hash: string, stream: string, opId: string, json: Buffer];

/** `8-4-4-4-12` of sixteen bytes. */
const uuid = (column: string) =>
  [
    [1, 8],
    [9, 4],
    [13, 4],
    [17, 4],
    [21, 12],
  ]
    .map(([from, count]) => `substr(lower(hex(${column})), ${from}, ${count})`)
    .join(" || '-' || ");

/**
 * The log keeps each body as canonical text: an op is put together around it where it lies, and neither parsed nor written
 * anew, nor turned into a string on its way.
 */
const READ = `
  SELECT seq, lower(hex(hash)) AS hash_text, stream, op_text, CAST(
      '{"op_id":"' || op_text || '","device":"' || @device || '","epoch":' || epoch || ',"seq":' || seq
      || ',"kind":"' || kind || '","stream":"' || stream || '","base_ver":' || base_ver
      || ',"actor":' || json_quote(actor) || ',"at":"' || at || '","hlc":"' || hlc || '","body":' || body
      || ',"body_hash":"' || lower(hex(body_hash)) || '","prev_hash":"' || lower(hex(prev_hash))
      || '","hash":"' || lower(hex(hash)) || '"}' AS BLOB)
  FROM (
    SELECT *, ${uuid('op_id')} AS op_text, stream_kind || ':' || ${uuid('stream_id')} AS stream FROM op
    WHERE device = @deviceBlob AND epoch = @epoch AND seq > @after ORDER BY seq LIMIT @rows
  )`;

/** Own ops of the log, ready to be sent. */
export class Outgoing {
  readonly #read: Database.Statement;
  readonly #device: string;
  readonly #deviceBlob: Uint8Array;

  constructor(db: Database.Database, device: string) {
    this.#read = db.prepare(READ).raw();
    this.#device = device;
    this.#deviceBlob = uuidToBlob(device);
  }

  /** Own ops of an epoch after a number, in their order: as many as fit, and one in any case. */
  read(epoch: number, after: number, limit: { rows: number; bytes: number }): OutgoingBatch {
    const ops: OutgoingOp[] = [];
    let bytes = 0;
    const values = { device: this.#device, deviceBlob: this.#deviceBlob, epoch, after, rows: limit.rows };
    for (const [seq, hash, stream, opId, json] of this.#read.iterate(values) as IterableIterator<Row>) {
      const size = json.length + 1;
      if (ops.length > 0 && bytes + size > limit.bytes) return { ops, bytes, isFull: true };
      ops.push({ seq, hash, stream, opId, json });
      bytes += size;
    }
    return { ops, bytes, isFull: ops.length === limit.rows };
  }
}
