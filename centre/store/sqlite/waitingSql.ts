/** Statements about pushes that wait to be judged; beside sql.ts for the same reason. */
export const WAITING_SQL = {
  waitingPushes: `SELECT device, epoch, first, last, hash, hall, terminal, arrival, received_at, signature,
    public_key FROM waiting_push ORDER BY arrival, first`,
  waitingText: 'SELECT text FROM waiting_push WHERE device = ? AND epoch = ? AND last = ?',
  addWaiting: `INSERT INTO waiting_push (device, epoch, first, last, hash, hall, terminal, arrival, received_at,
    signature, public_key, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  removeWaiting: 'DELETE FROM waiting_push WHERE device = ? AND epoch = ? AND last = ?',
} as const;
