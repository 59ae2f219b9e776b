/** Parts of statements about own ops; the device is `@device`. */

/** Epochs of this device, found by leaps along the index instead of by reading the log; the last row is null. */
export const OWN_EPOCHS = `
  own(epoch) AS (
    SELECT min(epoch) FROM op WHERE device = @device
    UNION ALL
    SELECT (SELECT min(epoch) FROM op WHERE device = @device AND epoch > own.epoch) FROM own WHERE own.epoch IS NOT NULL
  )`;

/** Last op that the hub or centre has of an epoch of this machine. */
export const ackedOf = (epoch: string): string =>
  `coalesce((SELECT acked FROM push_state WHERE device = @device AND epoch = ${epoch}), 0)`;

/**
 * Streams of cases of which an op lies nowhere but here. Epoch after epoch from the last op that is acknowledged: by device alone
 * it would be the whole log, with each save.
 */
export const UNSENT_CASES = `
  SELECT op.stream_id FROM own CROSS JOIN op
    ON op.device = @device AND op.epoch = own.epoch AND op.seq > ${ackedOf('own.epoch')}
  WHERE op.stream_kind = 'case'`;
