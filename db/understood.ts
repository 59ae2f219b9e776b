import { parseOp } from '../contract/ops.ts';
import type { Op } from '../domain/ledger/op.ts';

/** Whether this program knows the kind of an op and every field of its body. */
export function isUnderstood(op: Op): boolean {
  return parseOp(op).ok;
}
