import type Database from 'better-sqlite3';
import { ACT_FIELDS, type ActFields, actDetail } from './actDetail.ts';
import type { Delivery } from './delivery.ts';
import { blobToUuid, uuidToBlob } from './ids.ts';
import { IS_UNSETTLED } from './returned.ts';

/** `waiting`: here and nowhere else. `held`: at the hub of the hall. `parked`, `rejected`: at the centre, set aside. */
export const OUTBOX_STATES = ['waiting', 'held', 'parked', 'rejected'] as const;
export type OutboxState = (typeof OUTBOX_STATES)[number];

export interface OutboxRow {
  opId: string;
  epoch: number;
  seq: number;
  kind: string;
  detail: string;
  stream: string;
  /** Of the case it is about; null when about none. */
  caseId: string | null;
  actor: string;
  /** When it was made, ISO. */
  at: string;
  /** Why it was set aside; null when it was not. */
  code: string | null;
  /** When it was set aside, by the other side's clock; null when it was not. */
  setAsideAt: string | null;
}

interface Row extends ActFields {
  op_id: Uint8Array;
  epoch: number;
  seq: number;
  kind: string;
  stream_kind: string;
  stream_id: Uint8Array;
  case_id: string | null;
  actor: string;
  at: string;
  result_code: string | null;
  result_at: string | null;
}

/** A place in the outbox. */
export interface OutboxPlace {
  epoch: number;
  seq: number;
}

const COLUMNS = `
  op.op_id, op.epoch, op.seq, op.kind, op.stream_kind, op.stream_id, op.actor, op.at,
  json_extract(op.body, '$.caseId') AS case_id, ${ACT_FIELDS}`;

/** Own ops that are not yet done with, in the order in which they go. */
export class Outbox {
  readonly #db: Database.Database;
  readonly #delivery: Delivery;
  readonly #device: Uint8Array;
  readonly #waiting: Database.Statement;
  readonly #setAside: Database.Statement;

  constructor(db: Database.Database, delivery: Delivery, device: string) {
    this.#db = db;
    this.#delivery = delivery;
    this.#device = uuidToBlob(device);
    this.#waiting = db.prepare(`
      SELECT ${COLUMNS}, NULL AS result_code, NULL AS result_at FROM op
      WHERE device = @device AND epoch = @epoch AND seq > @after ORDER BY seq LIMIT @limit`);
    this.#setAside = db.prepare(`
      SELECT ${COLUMNS}, op_result.code AS result_code, op_result.at AS result_at
      FROM op_result JOIN op ON op.device = @device AND op.epoch = op_result.epoch AND op.seq = op_result.seq
      WHERE op_result.outcome = @state AND (op_result.outcome <> 'rejected' OR ${IS_UNSETTLED}) AND (op_result.epoch, op_result.seq) > (@epoch, @after)
      ORDER BY op_result.epoch, op_result.seq LIMIT @limit`);
  }

  counts(): Record<OutboxState, number> {
    const rows = this.#db
      .prepare(
        `SELECT outcome, count(*) AS count FROM op_result WHERE outcome <> 'rejected' OR ${IS_UNSETTLED} GROUP BY outcome`,
      )
      .all({ device: this.#device }) as {
      outcome: OutboxState;
      count: number;
    }[];
    const found = Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]));
    return { waiting: this.#delivery.countUnsent(), held: 0, parked: 0, rejected: 0, ...found };
  }

  /** The oldest first. @param after the last row of the page before; null: from the beginning */
  list(state: OutboxState, after: OutboxPlace | null, limit: number): OutboxRow[] {
    return (state === 'waiting' ? this.#listWaiting(after, limit) : this.#listSetAside(state, after, limit)).map(toRow);
  }

  /** What goes next: the first op that the hub or centre has not; null when it has all. */
  head(): OutboxPlace | null {
    const [epoch] = this.#delivery.unsentEpochs();
    return epoch === undefined ? null : { epoch, seq: this.#delivery.progress(epoch).acked + 1 };
  }

  #listWaiting(after: OutboxPlace | null, limit: number): Row[] {
    const rows: Row[] = [];
    for (const epoch of this.#delivery.unsentEpochs()) {
      if (rows.length === limit) break;
      if (after !== null && epoch < after.epoch) continue;
      const { acked } = this.#delivery.progress(epoch);
      const from = after?.epoch === epoch ? Math.max(acked, after.seq) : acked;
      const page = { device: this.#device, epoch, after: from, limit: limit - rows.length };
      rows.push(...(this.#waiting.all(page) as Row[]));
    }
    return rows;
  }

  #listSetAside(state: OutboxState, after: OutboxPlace | null, limit: number): Row[] {
    const from = { epoch: after?.epoch ?? 0, after: after?.seq ?? 0 };
    return this.#setAside.all({ ...from, device: this.#device, state, limit }) as Row[];
  }
}

function toRow(row: Row): OutboxRow {
  const stream = `${row.stream_kind}:${blobToUuid(row.stream_id)}`;
  return {
    opId: blobToUuid(row.op_id),
    epoch: row.epoch,
    seq: row.seq,
    kind: row.kind,
    detail: actDetail(row),
    stream,
    caseId: row.stream_kind === 'case' ? blobToUuid(row.stream_id) : row.case_id,
    actor: row.actor,
    at: row.at,
    code: row.result_code,
    setAsideAt: row.result_at,
  };
}
