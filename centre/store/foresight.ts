import { caseOf } from '../../domain/ledger/op.ts';
import type { Question } from './sqlDatabase.ts';
import { uuidToBlob } from './sqlite/blobs.ts';
import { SQL } from './sqlite/sql.ts';
import type { Push } from './types.ts';

/**
 * What the rules are going to ask about these pushes, as far as the pushes themselves tell: a database far away fetches it
 * in one go. A guess: what is missing is asked when its turn comes, what is too much harms nobody.
 */
export function questionsAbout(pushes: readonly Push[]): Question[] {
  return pushes.flatMap(({ author: { device, hall }, epoch, ops }): Question[] => [
    { sql: SQL.findHead, values: [uuidToBlob(device), epoch] },
    { sql: SQL.newestEpoch, values: [uuidToBlob(device)] },
    { sql: SQL.scopeHead, values: [`hall:${hall}`] },
    ...ops.flatMap((op): Question[] => {
      const about = caseOf(op);
      const number = numberIn(op.body);
      return [
        { sql: SQL.hasOpId, values: [uuidToBlob(op.op_id)] },
        { sql: SQL.findEntity, values: [op.stream] },
        { sql: SQL.isParked, values: [op.stream] },
        { sql: SQL.findStaffByNumber, values: [hall, op.actor] },
        { sql: SQL.scopeHead, values: [about ?? op.stream] },
        ...(about === null ? [] : [{ sql: SQL.findEntity, values: [about] }]),
        ...(number === null ? [] : [{ sql: SQL.findCaseByNumber, values: [number] }]),
      ];
    }),
  ]);
}

function numberIn(body: Readonly<Record<string, unknown>>): string | null {
  return typeof body.number === 'string' ? body.number : null;
}
