/** As in SQLite, for the same questions. */
export const INDEXES: readonly string[] = [
  'CREATE INDEX op_result_parked ON op_result (parked_stream) WHERE parked_stream IS NOT NULL',
  `CREATE INDEX op_result_held ON op_result (op) WHERE outcome = 'held'`,
  `CREATE UNIQUE INDEX projection_case_number ON projection (number) WHERE type = 'case'`,
  `CREATE UNIQUE INDEX projection_staff_number ON projection (hall, number) WHERE type = 'staff'`,
  `CREATE INDEX projection_public_notice ON projection (stream)
    WHERE type = 'case' AND json_extract(record, '$.state') = 'NOTICE'`,
  `CREATE INDEX projection_open_payment ON projection (stream)
    WHERE type = 'payment' AND json_extract(record, '$.state') IN ('REQUESTED', 'REFUNDING')`,
  `CREATE INDEX projection_payment_case ON projection (json_extract(record, '$.caseId'), stream) WHERE type = 'payment'`,
  `CREATE INDEX projection_payment_paid ON projection (hall, json_extract(record, '$.paid.at')) WHERE type = 'payment'`,
  `CREATE INDEX projection_payment_failed ON projection (hall, json_extract(record, '$.failure.at'))
    WHERE type = 'payment'`,
  `CREATE INDEX projection_payment_refunded ON projection (hall, json_extract(record, '$.refund.at'))
    WHERE type = 'payment'`,
  `CREATE INDEX projection_payment_receipt ON projection (hall, json_extract(record, '$.paid.receipt'))
    WHERE type = 'payment'`,
  `CREATE UNIQUE INDEX projection_ticket_number
    ON projection (hall, json_extract(record, '$.day'), json_extract(record, '$.number')) WHERE type = 'ticket'`,
  `CREATE INDEX projection_ticket_open ON projection (stream)
    WHERE type = 'ticket' AND json_extract(record, '$.state') IN ('WAITING', 'CALLED')`,
  `CREATE INDEX projection_lease_day ON projection (hall, json_extract(record, '$.day')) WHERE type = 'lease'`,
  `CREATE INDEX projection_window ON projection (hall) WHERE type = 'window'`,
  `CREATE INDEX projection_plan ON projection (hall) WHERE type = 'plan'`,
  `CREATE INDEX projection_issue ON projection (hall) WHERE type = 'issue'`,
  `CREATE UNIQUE INDEX projection_appointment_code ON projection (hall, json_extract(record, '$.code'))
    WHERE type = 'appointment'`,
  `CREATE INDEX projection_appointment_booked ON projection (stream)
    WHERE type = 'appointment' AND json_extract(record, '$.state') = 'booked'`,
  'CREATE INDEX booking_key_hall ON booking_key (hall) WHERE ended_at IS NULL',
  `CREATE INDEX device_hub ON device (hall) WHERE kind = 'relay'`,
  `CREATE INDEX op_took_over ON op (kind) WHERE kind = 'hub.took-over'`,
  `CREATE INDEX projection_image ON projection (json_extract(record, '$.blob.sha256'), hall) WHERE type = 'scan'`,
];
