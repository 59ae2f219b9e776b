import { SHORT_LIVED_STREAMS } from '../../../domain/ledger/compaction.ts';

const IS_LONE = `mirror_unmet.lone = 1 AND NOT EXISTS (SELECT 1 FROM to_forward WHERE to_forward.op = mirror_unmet.op)`;
const IS_SHORT_LIVED = SHORT_LIVED_STREAMS.map((kind) => `op.stream LIKE '${kind}:%'`).join(' OR ');

/** Statements about what a hub did not meet again; they read a small table whole. */
export const UNMET_SQL = {
  forgetCursor: 'DELETE FROM relay_cursor WHERE scope = ?',
  begin: `INSERT INTO mirror_unmet (op, scope, lone)
    SELECT scope_row.op, scope_head.scope, 0 FROM scope_head JOIN scope_row ON scope_row.scope = scope_head.id
    WHERE scope_head.scope = ? ON CONFLICT DO NOTHING`,
  remove: 'DELETE FROM mirror_unmet WHERE op = ?',
  leaveOut: `DELETE FROM mirror_unmet WHERE scope = ? AND lone = 0
    AND EXISTS (SELECT 1 FROM op WHERE op.id = mirror_unmet.op AND (${IS_SHORT_LIVED}))`,
  isUnderWay: 'SELECT 1 FROM mirror_unmet WHERE scope = ? AND lone = 0 LIMIT 1',
  newlyLone: `SELECT op.device, op.epoch, op.seq, op.kind FROM mirror_unmet JOIN op ON op.id = mirror_unmet.op
    WHERE mirror_unmet.scope = ? AND mirror_unmet.lone = 0
      AND NOT EXISTS (SELECT 1 FROM to_forward WHERE to_forward.op = mirror_unmet.op) ORDER BY op.id`,
  end: 'UPDATE mirror_unmet SET lone = 1 WHERE scope = ? AND lone = 0',
  lone: `SELECT op.id, op.op_id, op.device, op.epoch, op.seq, op.kind, json_extract(op.envelope, '$.body_hash') AS "bodyHash"
    FROM mirror_unmet JOIN op ON op.id = mirror_unmet.op
    WHERE mirror_unmet.op > ? AND ${IS_LONE} ORDER BY mirror_unmet.op LIMIT ?`,
  overtaken: `SELECT DISTINCT op.stream AS stream FROM mirror_unmet CROSS JOIN op CROSS JOIN op_result
    WHERE op.id = mirror_unmet.op AND op_result.op = op.id AND ${IS_LONE} AND op_result.outcome = 'applied' AND op.stream LIKE 'case:%'
      AND EXISTS (SELECT 1 FROM op_result AS waiting WHERE waiting.parked_stream = op.stream)`,
  streamOf: 'SELECT stream FROM op WHERE id = ?',
  stepsOf: `SELECT op.id, op.envelope, op_result.outcome,
      CASE WHEN ${IS_LONE} THEN 1 ELSE 0 END AS "isLone"
    FROM scope_head JOIN scope_row ON scope_row.scope = scope_head.id JOIN op ON op.id = scope_row.op
    JOIN op_result ON op_result.op = op.id LEFT JOIN mirror_unmet ON mirror_unmet.op = op.id
    WHERE scope_head.scope = ? AND op.stream = ? ORDER BY scope_row.pos`,
  countLone: `SELECT count(*) AS count FROM mirror_unmet WHERE ${IS_LONE}`,
} as const;
