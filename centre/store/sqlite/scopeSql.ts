/** Statements about scopes; asked for their plans like those of sql.ts. */
export const SCOPE_SQL = {
  scopeHead: 'SELECT id, hall, head, floor FROM scope_head WHERE scope = ?',
  readScope: `SELECT scope_row.pos, op.envelope FROM scope_row JOIN op ON op.id = scope_row.op
    WHERE scope_row.scope = ? AND scope_row.pos > ? ORDER BY scope_row.pos LIMIT ?`,
  readScopeFor: `SELECT scope_row.pos, CASE WHEN op.device = ? THEN NULL ELSE op.envelope END AS envelope, op.epoch, op.seq, op.hash
    FROM scope_row JOIN op ON op.id = scope_row.op
    WHERE scope_row.scope = ? AND scope_row.pos > ? ORDER BY scope_row.pos LIMIT ?`,
  readKept: `SELECT scope_row.pos, op.envelope FROM scope_row JOIN op ON op.id = scope_row.op
    WHERE scope_row.scope = ? AND scope_row.pos > ? AND scope_row.pos <= ? AND NOT EXISTS (
      SELECT 1 FROM scope_left_out WHERE scope_left_out.scope = scope_row.scope AND scope_left_out.pos = scope_row.pos)
    ORDER BY scope_row.pos LIMIT ?`,
  hashes: `SELECT scope_row.pos, op.hash FROM scope_row JOIN op ON op.id = scope_row.op
    WHERE scope_row.scope = ? AND scope_row.pos > ? AND scope_row.pos <= ? ORDER BY scope_row.pos LIMIT ?`,
  keptHashes: `SELECT scope_row.pos, op.hash FROM scope_row JOIN op ON op.id = scope_row.op
    WHERE scope_row.scope = ? AND scope_row.pos > ? AND scope_row.pos <= ? AND NOT EXISTS (
      SELECT 1 FROM scope_left_out WHERE scope_left_out.scope = scope_row.scope AND scope_left_out.pos = scope_row.pos)
    ORDER BY scope_row.pos LIMIT ?`,
  setFloor: 'UPDATE scope_head SET floor = ? WHERE id = ? AND floor <= ?',
  leaveOut: 'INSERT INTO scope_left_out (scope, pos) VALUES (?, ?) ON CONFLICT DO NOTHING',
} as const;

/** Questions of the command that compacts; they read a scope whole and are never on the path of a request. */
export const COMPACT_SQL = {
  firstSince: `SELECT min(scope_row.pos) AS pos FROM scope_row JOIN op ON op.id = scope_row.op
    WHERE scope_row.scope = ? AND op.received_at >= ?`,
  placesOfKind: `SELECT scope_row.pos, op.stream FROM scope_row JOIN op ON op.id = scope_row.op
    WHERE scope_row.scope = ? AND op.stream LIKE ? ORDER BY scope_row.pos`,
} as const;
