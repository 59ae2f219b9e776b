import type { Op } from '../domain/ledger/op.ts';
import { blobToUuid } from './ids.ts';

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
