import type { OpEnvelope } from '../../../contract/ops.ts';
import type { OpOutcome } from '../../../contract/sync.ts';
import type { SqlDatabase } from '../sqlDatabase.ts';
import type { FirstOp } from '../types.ts';
import { uuidToBlob } from './blobs.ts';
import { SQL } from './sql.ts';

/** What the log has of an op by its id: a repeat stands there under another one. */
export function prepareFirstOps(db: SqlDatabase): (opId: string) => FirstOp | null {
  const find = db.prepare<[Buffer], { id: number; envelope: string; outcome: OpOutcome; code: string | null }>(
    SQL.findFirst,
  );
  return (opId) => {
    const row = find.get(uuidToBlob(opId));
    if (!row) return null;
    const { id, envelope, outcome, code } = row;
    return { envelope: JSON.parse(envelope) as OpEnvelope, outcome, code, logPosition: id };
  };
}
