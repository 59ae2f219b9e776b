/** Statements about keys and signatures; beside sql.ts for the same reason. */
export const IDENTITY_SQL = {
  ownKey: 'SELECT public_key FROM own_key WHERE only_row = 1',
  setOwnKey: 'INSERT INTO own_key (only_row, public_key) VALUES (1, ?) ON CONFLICT DO NOTHING',
  keyOf: `SELECT public_key, from_epoch, from_seq FROM device_key WHERE device = ? ORDER BY id DESC LIMIT 1`,
  isTerminal: "SELECT 1 FROM device WHERE id = ? AND kind = 'terminal'",
  keysOf: 'SELECT public_key FROM device_key WHERE device = ? AND public_key IS NOT NULL ORDER BY id DESC',
  keyHistoryOf: `SELECT public_key, from_epoch, from_seq, since FROM device_key
    WHERE device = ? AND public_key IS NOT NULL ORDER BY id`,
  removeKeys: 'DELETE FROM device_key WHERE device = ?',
  addKey: 'INSERT INTO device_key (device, public_key, from_epoch, from_seq, since) VALUES (?, ?, ?, ?, ?)',
  addHead: `INSERT INTO signed_head (device, epoch, seq, hash, signature, public_key) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING`,
  // A hub hands them on; a centre needs the newest alone, which stands for all before it.
  removeOlder: `DELETE FROM signed_head WHERE device = ? AND epoch = ? AND seq < ? AND NOT EXISTS (SELECT 1 FROM relay)`,
  headsAfter: `SELECT seq, hash, signature, public_key FROM signed_head
    WHERE device = ? AND epoch = ? AND seq > ? AND seq <= ? ORDER BY seq`,
  noteContradicted: `INSERT INTO contradicted_receipt (device, epoch, acked, seen_at) VALUES (?, ?, ?, ?)
    ON CONFLICT (device, epoch) DO UPDATE SET acked = max(contradicted_receipt.acked, excluded.acked), seen_at = excluded.seen_at`,
  settleContradiction: 'DELETE FROM contradicted_receipt WHERE device = ?',
  listDevices: `SELECT device.id, device.terminal, device.hall, device.kind, device.enrolled_at, device.revoked_at,
      (SELECT public_key FROM device_key WHERE device = device.id ORDER BY id DESC LIMIT 1) AS public_key,
      (SELECT max(op.received_at) FROM device_head JOIN op
        ON op.device = device_head.device AND op.epoch = device_head.epoch AND op.seq = device_head.seq
        WHERE device_head.device = device.id) AS last_heard,
      contradicted_receipt.epoch, contradicted_receipt.acked, contradicted_receipt.seen_at
    FROM device LEFT JOIN contradicted_receipt ON contradicted_receipt.device = device.id
    ORDER BY device.hall, device.terminal, device.enrolled_at`,
} as const;
