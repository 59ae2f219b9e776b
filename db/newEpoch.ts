import type Database from 'better-sqlite3';
import type { EpochBegan, Op } from '../domain/ledger/op.ts';
import { hallDay } from '../domain/time/hallTime.ts';
import type { Ledger } from './ledger.ts';
import { leaveOut } from './numbersAfter.ts';

export interface Loss {
  reason: EpochBegan['reason'];
  /** Every epoch known to have been used, here or elsewhere, is at most this. */
  above: number;
  /** Last op that stays in the chain of the epoch before; absent: all of them. */
  keep?: number | undefined;
  /** What comes after `keep` stays there too, behind a gap, until the centre was asked. */
  leaveRest?: boolean;
  /** Own ops of earlier epochs that can never be taken under their numbers either. */
  leftBehind?: readonly Op[];
  /** Milliseconds since 1970. */
  now: number;
}

/**
 * These data may lack what was written after them: from here on nothing that could have been used is used again. One
 * transaction, or part of the surrounding one.
 */
export function beginEpochAfterLoss({ db, ledger }: { db: Database.Database; ledger: Ledger }, loss: Loss): void {
  if (!db.inTransaction) {
    ledger.transact(() => beginEpochAfterLoss({ db, ledger }, loss));
    return;
  }
  const { reason, above, keep, leaveRest = false, leftBehind, now } = loss;
  ledger.beginEpoch({ reason }, { above, keep, leaveRest, leftBehind });
  const day = hallDay(now).replaceAll('-', '');
  const used = db
    .prepare('SELECT coalesce(max(CAST(substr(number, -4) AS INTEGER)), 0) FROM case_file WHERE number GLOB ?')
    .pluck()
    .get(`*${day}[0-9][0-9][0-9][0-9][0-9][0-9]`) as number;
  leaveOut(db, day, used, ledger.epoch);
}
