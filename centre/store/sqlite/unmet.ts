import type { OpEnvelope } from '../../../contract/ops.ts';
import type { OpOutcome } from '../../../contract/sync.ts';
import type { UnmetStore } from '../relayTypes.ts';
import type { SqlDatabase } from '../sqlDatabase.ts';
import { blobToUuid } from './blobs.ts';
import { UNMET_SQL } from './unmetSql.ts';

interface LoneRecord {
  id: number;
  op_id: Buffer;
  device: Buffer;
  epoch: number;
  seq: number;
  kind: string;
  bodyHash: string;
}

interface StepRecord {
  id: number;
  envelope: string;
  outcome: OpOutcome;
  isLone: 0 | 1;
}

/** What a hub has of the centre's scopes, and does not meet there again. What it meets is taken off with the page it came in. */
export function prepareUnmet(db: SqlDatabase): UnmetStore {
  const forgetCursor = db.prepare(UNMET_SQL.forgetCursor);
  const begin = db.prepare(UNMET_SQL.begin);
  const leaveOut = db.prepare(UNMET_SQL.leaveOut);
  const isUnderWay = db.prepare(UNMET_SQL.isUnderWay);
  const newlyLone = db.prepare<[string], { device: Buffer; epoch: number; seq: number; kind: string }>(
    UNMET_SQL.newlyLone,
  );
  const end = db.prepare(UNMET_SQL.end);
  const lone = db.prepare<[number, number], LoneRecord>(UNMET_SQL.lone);
  const overtaken = db.prepare<[], { stream: string }>(UNMET_SQL.overtaken);
  const streamOf = db.prepare<[number], { stream: string }>(UNMET_SQL.streamOf);
  const stepsOf = db.prepare<[string, string], StepRecord>(UNMET_SQL.stepsOf);
  const remove = db.prepare(UNMET_SQL.remove);
  const countLone = db.prepare<[], { count: number }>(UNMET_SQL.countLone);
  const endReading = db.transaction((scope: string) => {
    const lone = newlyLone.all(scope);
    end.run(scope);
    return lone.map(({ device, ...row }) => ({ device: blobToUuid(device), ...row }));
  });
  return {
    readAnew: db.transaction((scope: string) => {
      forgetCursor.run(scope);
      begin.run(scope);
    }).immediate,
    noteSnapshot: (scope) => void leaveOut.run(scope),
    endReading: (scope) => (isUnderWay.get(scope) === undefined ? [] : endReading.immediate(scope)),
    countLone: () => countLone.get()?.count ?? 0,
    loneRows: (after, limit) =>
      lone.all(after, limit).map(({ id, op_id: opId, device, ...row }) => ({
        ...{ logPosition: id, opId: blobToUuid(opId), device: blobToUuid(device), ...row },
      })),
    overtakenCases: () => overtaken.all().map(({ stream }) => stream),
    caseOfRow(logPosition) {
      const { stream = '' } = streamOf.get(logPosition) ?? {};
      return stream.startsWith('case:') ? stream : null;
    },
    // The scope of a case has its name.
    stepsOf: (stream) =>
      stepsOf.all(stream, stream).map(({ id, envelope, outcome, isLone }) => ({
        ...{ logPosition: id, op: JSON.parse(envelope) as OpEnvelope, outcome, isLone: isLone === 1 },
      })),
    dropLone: db.transaction((logPositions: readonly number[]) => {
      for (const logPosition of logPositions) remove.run(logPosition);
    }).immediate,
  };
}
