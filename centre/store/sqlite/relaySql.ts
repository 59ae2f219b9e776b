/** Statements of a hub's tables, and of what a centre tells a hub; beside sql.ts for the same reason. */
export const RELAY_SQL = {
  upstream: 'SELECT upstream, hall, token, upstream_device FROM relay WHERE only_row = 1',
  setUpstream: `INSERT INTO relay (only_row, upstream, hall) VALUES (1, ?, ?)
    ON CONFLICT (only_row) DO UPDATE SET upstream = excluded.upstream, hall = excluded.hall, token = NULL`,
  saveToken: 'UPDATE relay SET token = ?, hall = ?',
  saveUpstreamDevice: 'UPDATE relay SET upstream_device = ?',
  forgetCursors: 'DELETE FROM relay_cursor',
  cursorOf: 'SELECT pos, digest FROM relay_cursor WHERE scope = ?',
  setCursor: `INSERT INTO relay_cursor (scope, pos, digest) VALUES (?, ?, ?)
    ON CONFLICT (scope) DO UPDATE SET pos = excluded.pos, digest = excluded.digest`,

  addMirroredOp: `INSERT INTO op (op_id, device, epoch, seq, kind, stream, hall, hash, received_at, envelope, mirrored)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)`,
  addToForward: 'INSERT INTO to_forward (op) SELECT ? WHERE EXISTS (SELECT 1 FROM relay) ON CONFLICT DO NOTHING',
  countToForward: 'SELECT count(*) AS count FROM to_forward',
  removeToForward: 'DELETE FROM to_forward WHERE op = ?',
  toForward: `SELECT op.id, op.envelope, op_result.outcome, op_result.code FROM to_forward JOIN op ON op.id = to_forward.op
    JOIN op_result ON op_result.op = op.id ORDER BY to_forward.op LIMIT ?`,
  nextEpochOf: 'SELECT min(epoch) AS epoch FROM op WHERE device = ? AND epoch > ?',
  forwardAgain: `INSERT INTO to_forward (op)
    WITH RECURSIVE run (id, device, epoch, seq) AS (
      SELECT id, device, epoch, seq FROM op WHERE device = ? AND epoch = ? AND seq = ?
      UNION ALL SELECT op.id, op.device, op.epoch, op.seq FROM run
        JOIN op ON op.device = run.device AND op.epoch = run.epoch AND op.seq = run.seq + 1)
    SELECT id FROM run WHERE true ON CONFLICT DO NOTHING`,
  deviceOfOp: 'SELECT op.device, op_result.outcome FROM op JOIN op_result ON op_result.op = op.id WHERE op.id = ?',
  setAnswer: `INSERT INTO centre_answer (op, outcome, code) VALUES (?, ?, ?)
    ON CONFLICT (op) DO UPDATE SET outcome = excluded.outcome, code = excluded.code`,
  removeAnswer: 'DELETE FROM centre_answer WHERE op = ?',
  parkedAtCentre: `SELECT op.id, op.device, op.epoch, op.seq FROM centre_answer JOIN op ON op.id = centre_answer.op
    WHERE centre_answer.outcome = 'parked' ORDER BY op.id`,
  outcomesAfter: `SELECT op.seq, op_result.outcome, op_result.code, centre_answer.outcome AS answer,
      centre_answer.code AS "answerCode",
      CASE WHEN op_result.code = 'repeated' THEN json_extract(op.envelope, '$.op_id') END AS repeats
    FROM op JOIN op_result ON op_result.op = op.id LEFT JOIN centre_answer ON centre_answer.op = op.id
    WHERE op.device = ? AND op.epoch = ? AND op.seq > ? ORDER BY op.seq LIMIT ?`,

  becameOf: `SELECT json_extract(op.envelope, '$.body_hash') AS "bodyHash", op_result.outcome, op_result.code
    FROM op JOIN op_result ON op_result.op = op.id WHERE op.op_id = ? AND op.device = ? AND op.hall = ?`,
  outcomeOfFirst: `SELECT op_result.outcome, op_result.code, centre_answer.outcome AS answer, centre_answer.code AS "answerCode"
    FROM op JOIN op_result ON op_result.op = op.id LEFT JOIN centre_answer ON centre_answer.op = op.id
    WHERE op.op_id = ?`,

  baseOf: 'SELECT seq FROM chain_base WHERE device = ? AND epoch = ?',
  setBase: `INSERT INTO chain_base (device, epoch, seq, hash) VALUES (?, ?, ?, ?)
    ON CONFLICT (device, epoch) DO UPDATE SET seq = excluded.seq, hash = excluded.hash`,
  headsOfDevice: 'SELECT epoch, seq, hash FROM device_head WHERE device = ? ORDER BY epoch',
  devicesOfHall: 'SELECT id, token_hash, terminal, kind, revoked_at FROM device WHERE hall = ? ORDER BY id',
  findDevice: 'SELECT id, terminal, hall, kind FROM device WHERE id = ? AND revoked_at IS NULL',
  authorOfDevice: 'SELECT hall, terminal, kind FROM device WHERE id = ?',
  takeDevice: `INSERT INTO device (id, token_hash, terminal, hall, enrolled_at, revoked_at, kind) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET token_hash = excluded.token_hash, terminal = excluded.terminal, hall = excluded.hall,
      kind = excluded.kind, revoked_at = CASE WHEN excluded.revoked_at IS NULL THEN NULL
        ELSE coalesce(device.revoked_at, excluded.revoked_at) END`,
  revokeOthers: `UPDATE device SET revoked_at = ? WHERE hall = ? AND revoked_at IS NULL
    AND id NOT IN (SELECT unhex(value) FROM json_each(?))`,
  forwardHeld: `INSERT INTO to_forward (op) SELECT op FROM op_result INDEXED BY op_result_held WHERE outcome = 'held'
    ON CONFLICT DO NOTHING`,

  hubOfHall: "SELECT 1 FROM device WHERE hall = ? AND kind = 'relay' AND revoked_at IS NULL LIMIT 1",
  hub: 'SELECT role, fence, peer, peer_token, peer_device, followed FROM hub WHERE only_row = 1',
  joinHub: `INSERT INTO hub (only_row, role, fence, peer, followed) VALUES (1, ?, 0, ?, 0)
    ON CONFLICT (only_row) DO UPDATE SET peer = coalesce(excluded.peer, hub.peer)`,
  saveHubRole: 'UPDATE hub SET role = ?, fence = ?',
  savePeerToken: 'UPDATE hub SET peer_token = ?',
  savePeerDevice: 'UPDATE hub SET peer_device = ?, followed = 0',
  saveFollowed: 'UPDATE hub SET followed = ?',
  highestTakeOver: `SELECT coalesce(max(CAST(json_extract(envelope, '$.body.fence') AS INTEGER)), 0) AS fence FROM op
    WHERE kind = 'hub.took-over'`,
  readLog: `SELECT op.id, op.envelope, op.mirrored, op_result.outcome, op_result.code FROM op
    JOIN op_result ON op_result.op = op.id WHERE op.id > ? AND op.hall IN (?, '*') ORDER BY op.id LIMIT ?`,

  beginEpoch: 'UPDATE centre SET epoch = max(epoch, ?) + 1',
} as const;
