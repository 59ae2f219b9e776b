/** Every statement of the store: one list, so that a test can ask SQLite how it means to run each. */
export const SQL = {
  self: 'SELECT device, epoch FROM centre WHERE only_row = 1',
  addSelf: 'INSERT INTO centre (only_row, device, epoch) VALUES (1, ?, 1) ON CONFLICT DO NOTHING',

  findHead: 'SELECT seq, hash FROM device_head WHERE device = ? AND epoch = ?',
  newestEpoch: 'SELECT coalesce(max(epoch), 0) AS epoch FROM device_head WHERE device = ?',
  findOp: `SELECT op.id, op.hash, op_result.outcome, op_result.code FROM op JOIN op_result ON op_result.op = op.id
    WHERE op.device = ? AND op.epoch = ? AND op.seq = ?`,
  hasOpId: 'SELECT 1 FROM op WHERE op_id = ?',
  findFirst: `SELECT op.id, op.envelope, op_result.outcome, op_result.code FROM op JOIN op_result ON op_result.op = op.id
    WHERE op.op_id = ?`,
  findEntity: `SELECT type, projection.hall, record, op.envelope AS source FROM projection
    LEFT JOIN op ON op.id = projection.source WHERE projection.stream = ?`,
  versionOf: 'SELECT version FROM projection WHERE stream = ?',
  hallOf: 'SELECT hall FROM projection WHERE stream = ?',
  hasParked: 'SELECT 1 FROM op_result WHERE parked_stream IS NOT NULL LIMIT 1',
  isParked: 'SELECT 1 FROM op_result WHERE parked_stream = ? LIMIT 1',
  findCaseByNumber: `SELECT stream FROM projection WHERE type = 'case' AND number = ?`,
  findStaffByNumber: `SELECT stream FROM projection WHERE type = 'staff' AND hall = ? AND number = ?`,
  findPaymentsOfCase: `SELECT stream FROM projection
    WHERE type = 'payment' AND json_extract(record, '$.caseId') = ? ORDER BY stream`,
  findLinkedCases: 'SELECT stream FROM linked_case WHERE loan = ? ORDER BY stream',
  addLinkedCase: 'INSERT INTO linked_case (loan, stream) VALUES (?, ?)',
  findCatalogue: `SELECT op.envelope FROM scope_head JOIN scope_row ON scope_row.scope = scope_head.id
    JOIN op ON op.id = scope_row.op WHERE scope_head.scope = 'catalog' AND op.kind = 'catalogue.published'
      AND json_extract(op.envelope, '$.body.version') = ?`,
  findPaymentByReceipt: `SELECT stream FROM projection
    WHERE type = 'payment' AND hall = ? AND json_extract(record, '$.paid.receipt') = ? LIMIT 1`,
  openPayments: `SELECT hall, record FROM projection INDEXED BY projection_open_payment
    WHERE type = 'payment' AND json_extract(record, '$.state') IN ('REQUESTED', 'REFUNDING') ORDER BY stream`,
  paymentsOfDay: ['paid', 'failure', 'refund']
    .map(
      (part) => `SELECT stream, record FROM projection
        WHERE type = 'payment' AND hall = ? AND json_extract(record, '$.${part}.at') >= ?
          AND json_extract(record, '$.${part}.at') < ?`,
    )
    .join(' UNION '),
  findPayCode: 'SELECT code FROM pay_code WHERE payment = ?',
  setPayCode:
    'INSERT INTO pay_code (payment, code) VALUES (?, ?) ON CONFLICT (payment) DO UPDATE SET code = excluded.code',
  scopeHead: 'SELECT id, hall, head FROM scope_head WHERE scope = ?',

  addOp: `INSERT INTO op (op_id, device, epoch, seq, kind, stream, hall, hash, received_at, envelope)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  addResult: 'INSERT INTO op_result (op, outcome, code, parked_stream) VALUES (?, ?, ?, ?)',
  settle: 'UPDATE op_result SET outcome = ?, code = ?, parked_stream = NULL WHERE op = ?',
  settleParked: `UPDATE op_result SET outcome = 'parked', code = ?, parked_stream = ? WHERE op = ?`,
  setHead: `INSERT INTO device_head (device, epoch, seq, hash) VALUES (?, ?, ?, ?)
    ON CONFLICT (device, epoch) DO UPDATE SET seq = excluded.seq, hash = excluded.hash`,
  setScope: `INSERT INTO scope_head (scope, hall, head) VALUES (?, ?, ?)
    ON CONFLICT (scope) DO UPDATE SET head = excluded.head RETURNING id`,
  moveScope: 'UPDATE scope_head SET head = ? WHERE id = ?',
  addScopeRow: 'INSERT INTO scope_row (scope, pos, op) VALUES (?, ?, ?)',
  addEntity: `INSERT INTO projection (stream, type, version, hall, number, source, record) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (stream) DO UPDATE SET version = excluded.version, number = excluded.number, record = excluded.record`,
  updateEntity: 'UPDATE projection SET version = ?, number = ?, record = ? WHERE stream = ?',

  lastOf: 'SELECT last FROM certificate_sequence WHERE series = ?',
  setSequence: `INSERT INTO certificate_sequence (series, last) VALUES (?, ?)
    ON CONFLICT (series) DO UPDATE SET last = excluded.last`,
  // Of another case: the primary key refuses it, and with it the whole transaction.
  addCertificate: `INSERT INTO certificate (number, stream) VALUES (?, ?)
    ON CONFLICT (number) DO UPDATE SET stream = excluded.stream WHERE certificate.stream = excluded.stream
    RETURNING number`,
  findBlankPack: `SELECT prefix, first, last, stream FROM blank_pack WHERE prefix = ? AND first <= ?
    ORDER BY first DESC LIMIT 1`,
  blankClosing: `SELECT coalesce(sum(net), 0) AS net FROM blank_day
    WHERE hall = ? AND place = ? AND form = ? AND day <= ?`,
  blankPapers: 'SELECT papers FROM blank_day WHERE hall = ? AND place = ? AND form = ? AND day = ?',
  blankSheets: 'SELECT bound, sheets FROM blank_day WHERE hall = ? AND place = ? AND form = ? AND day = ?',
  blankLastUsed: `SELECT max(day) AS day FROM blank_day
    WHERE hall = ? AND place = ? AND form = ? AND day < ? AND used > 0`,
  findBlankCount: 'SELECT stream FROM blank_count WHERE hall = ? AND place = ? AND form = ? AND day = ?',
  removeBlankPacks: 'DELETE FROM blank_pack WHERE prefix = ? AND first <= ? AND last >= ?',
  addBlankPack: 'INSERT INTO blank_pack (prefix, first, last, stream) VALUES (?, ?, ?, ?)',
  addBlankDay: `INSERT INTO blank_day (hall, place, form, day, net, used, papers, bound, sheets)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (hall, place, form, day) DO UPDATE SET net = blank_day.net + excluded.net,
      used = blank_day.used + excluded.used, papers = blank_day.papers + excluded.papers,
      bound = blank_day.bound + excluded.bound, sheets = blank_day.sheets + excluded.sheets`,
  setBlankCount: `INSERT INTO blank_count (hall, place, form, day, stream) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (hall, place, form, day) DO UPDATE SET stream = excluded.stream`,

  isImageOf: 'SELECT 1 FROM scan_image WHERE sha256 = ? AND hall = ?',
  addImage: 'INSERT INTO scan_image (sha256, hall) VALUES (?, ?) ON CONFLICT DO NOTHING',

  casesUnderNotice: `SELECT stream FROM projection INDEXED BY projection_public_notice
    WHERE type = 'case' AND json_extract(record, '$.state') = 'NOTICE'`,

  parkedOps: `SELECT op.id, op.device, op.hall, op.envelope FROM op_result INDEXED BY op_result_parked JOIN op ON op.id = op_result.op
    WHERE op_result.parked_stream IS NOT NULL AND op_result.op > ? ORDER BY op_result.op LIMIT ?`,
  parkedIn: `SELECT op.id, op.device, op.hall, op.envelope FROM op_result JOIN op ON op.id = op_result.op
    WHERE op_result.parked_stream = ? ORDER BY op_result.op`,
  publishedParked: `SELECT DISTINCT op FROM scope_row
    WHERE op IN (SELECT op FROM op_result WHERE parked_stream IS NOT NULL)`,

  addCode: 'INSERT INTO enrolment_code (code_hash, terminal, hall, expires_at, kind) VALUES (?, ?, ?, ?, ?)',
  findCode: 'SELECT terminal, hall, kind, expires_at, used_by FROM enrolment_code WHERE code_hash = ?',
  useCode: 'UPDATE enrolment_code SET used_at = ?, used_by = ? WHERE code_hash = ?',
  setDevice: `INSERT INTO device (id, token_hash, terminal, hall, enrolled_at, kind) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET token_hash = excluded.token_hash, terminal = excluded.terminal,
      hall = excluded.hall, kind = excluded.kind, enrolled_at = excluded.enrolled_at, revoked_at = NULL`,
  findDeviceByToken:
    'SELECT id, token_hash, terminal, hall, kind FROM device WHERE token_hash = ? AND revoked_at IS NULL',
  isDeviceActive: 'SELECT 1 FROM device WHERE id = ? AND revoked_at IS NULL',
  revokeDevice: 'UPDATE device SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL',
} as const;

/** Whole-table questions of tests and of the day-end count; never on the path of a request. */
export const COUNT_SQL = {
  ops: 'SELECT count(*) AS count FROM op',
  cases: `SELECT count(*) AS count FROM projection WHERE type = 'case'`,
  devices: 'SELECT count(*) AS count FROM device WHERE revoked_at IS NULL',
  machines: `SELECT count(*) AS count FROM device WHERE revoked_at IS NULL AND (kind = 'relay'
    OR EXISTS (SELECT 1 FROM relay)
    OR hall NOT IN (SELECT hall FROM device WHERE kind = 'relay' AND revoked_at IS NULL))`,
  devicesInService: 'SELECT id, token_hash, terminal, hall, kind FROM device WHERE revoked_at IS NULL LIMIT ?',
  listCases: `SELECT projection.number, count(scope_row.pos) AS "opCount" FROM projection
    JOIN scope_head ON scope_head.scope = projection.stream
    JOIN scope_row ON scope_row.scope = scope_head.id
    WHERE projection.type = 'case' GROUP BY projection.stream ORDER BY projection.number`,
} as const;
