import type Database from 'better-sqlite3';
import { type Op, streamOf } from '../domain/ledger/op.ts';
import { blobToUuid, uuidToBlob } from './ids.ts';

/** A row of table `op`. */
export interface OpRow {
  ord: number;
  op_id: Uint8Array;
  device: Uint8Array;
  epoch: number;
  seq: number;
  kind: string;
  stream_kind: string;
  stream_id: Uint8Array;
  base_ver: number;
  actor: string;
  at: string;
  hlc: string;
  body: string;
  body_hash: Uint8Array;
  prev_hash: Uint8Array;
  hash: Uint8Array;
  applied: number;
}

const hex = (blob: Uint8Array): string => Buffer.from(blob).toString('hex');

export function opFromRow(row: OpRow): Op {
  return {
    op_id: blobToUuid(row.op_id),
    device: blobToUuid(row.device),
    epoch: row.epoch,
    seq: row.seq,
    kind: row.kind,
    stream: `${row.stream_kind}:${blobToUuid(row.stream_id)}`,
    base_ver: row.base_ver,
    actor: row.actor,
    at: row.at,
    hlc: row.hlc,
    body: JSON.parse(row.body),
    body_hash: hex(row.body_hash),
    prev_hash: hex(row.prev_hash),
    hash: hex(row.hash),
  } as Op;
}

/** Writes an op into the log. @param bodyText of which it holds the hash @returns its place there */
export type InsertOp = (op: Op, bodyText: string, applied: boolean) => number;

export function prepareInsert(db: Database.Database): InsertOp {
  const insert = db.prepare(`
    INSERT INTO op (op_id, device, epoch, seq, kind, stream_kind, stream_id, base_ver, actor, at, hlc, body, body_hash,
      prev_hash, hash, applied)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  return (op, bodyText, applied) => {
    const { kind, id } = streamOf(op);
    const { lastInsertRowid } = insert.run(
      uuidToBlob(op.op_id),
      uuidToBlob(op.device),
      op.epoch,
      op.seq,
      op.kind,
      kind,
      uuidToBlob(id),
      op.base_ver,
      op.actor,
      op.at,
      op.hlc,
      bodyText,
      Buffer.from(op.body_hash, 'hex'),
      Buffer.from(op.prev_hash, 'hex'),
      Buffer.from(op.hash, 'hex'),
      applied ? 1 : 0,
    );
    return Number(lastInsertRowid);
  };
}
