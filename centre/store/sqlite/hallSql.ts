/** What the queue desk asks and writes; stands in the list that a test asks SQLite about. */
export const HALL_SQL = {
  findOpStream: 'SELECT stream FROM op WHERE op_id = ?',
  terminalOf: "SELECT terminal FROM device WHERE id = ? AND kind = 'terminal'",
  dataVersion: 'PRAGMA data_version',
  ticketsOf: `SELECT record FROM projection
    WHERE type = 'ticket' AND hall = ? AND json_extract(record, '$.day') = ? ORDER BY json_extract(record, '$.number')`,
  openTickets: `SELECT hall, record FROM projection INDEXED BY projection_ticket_open
    WHERE type = 'ticket' AND json_extract(record, '$.state') IN ('WAITING', 'CALLED') ORDER BY stream`,
  leasesOf: `SELECT record FROM projection
    WHERE type = 'lease' AND hall = ? AND json_extract(record, '$.day') = ? ORDER BY stream`,
  windowsOf: `SELECT record FROM projection INDEXED BY projection_window WHERE type = 'window' AND hall = ? ORDER BY stream`,
  planOf: `SELECT record FROM projection INDEXED BY projection_plan WHERE type = 'plan' AND hall = ? LIMIT 1`,
  stopsOf: `SELECT record FROM projection INDEXED BY projection_issue WHERE type = 'issue' AND hall = ? LIMIT 1`,
  findAppointment: `SELECT record FROM projection
    WHERE type = 'appointment' AND hall = ? AND json_extract(record, '$.code') = ?`,
  bookedAppointments: `SELECT hall, record FROM projection INDEXED BY projection_appointment_booked
    WHERE type = 'appointment' AND json_extract(record, '$.state') = 'booked' ORDER BY stream`,
  addAppointmentPhone: 'INSERT INTO appointment_phone (hall, phone, stream) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  appointmentsOfPhone: `SELECT projection.record FROM appointment_phone
    JOIN projection ON projection.stream = appointment_phone.stream
    WHERE appointment_phone.hall = ? AND appointment_phone.phone = ? ORDER BY appointment_phone.stream`,
  endBookingKeys: 'UPDATE booking_key SET ended_at = ? WHERE hall = ? AND ended_at IS NULL',
  addBookingKey: 'INSERT INTO booking_key (key_hash, hall, created_at) VALUES (?, ?, ?)',
  findBookingKey: 'SELECT key_hash, hall FROM booking_key WHERE key_hash = ? AND ended_at IS NULL',
} as const;
