import type Database from 'better-sqlite3';
import { hallDay } from '../../domain/time/hallTime.ts';
import { uuidToBlob } from '../ids.ts';
import type { Ledger } from '../ledger.ts';

/** How long a machine keeps what the queue knows of people, days (domain.md §7.4). */
export interface HallPeriods {
  /** Pre-reviews that were abandoned or have ended, after their last change. */
  drafts: number;
  /** After the day they were for: so long no-shows count (domain.md §3.8). */
  appointments: number;
  /** After the day they were given. */
  tickets: number;
}

export interface HallRemoved {
  preReviews: number;
  appointments: number;
  tickets: number;
}

const DAY_MS = 24 * 60 * 60_000;
/** In one transaction: whoever works at night waits for no more than one. */
const BATCH = 500;

/**
 * The centre has all of it, and nothing of it is still to be decided there. What the hub refused was decided.
 * @param id column of the stream's id
 */
const settled = (id: string): string => `
  NOT EXISTS (
    SELECT 1 FROM op AS late
    WHERE late.device = @device AND late.epoch = @epoch AND late.seq > @acked AND late.stream_id = ${id})
  AND NOT EXISTS (SELECT 1 FROM op_result WHERE stream_id = ${id} AND outcome <> 'rejected')`;

/** By its last change. One that shares its id with a case goes with the case. */
const PRE_REVIEWS = `
  SELECT id FROM hall_record
  WHERE kind = 'prereview' AND day <= @before
    AND max(record ->> '$.at', coalesce(record ->> '$.ended.at', ''), coalesce(record ->> '$.sentBack[#-1].at', '')) < @since
    AND NOT EXISTS (SELECT 1 FROM case_file WHERE case_file.id = hall_record.id)
    AND ${settled('hall_record.id')}
  LIMIT ${BATCH}`;
const APPOINTMENTS = `
  SELECT id FROM hall_record
  WHERE kind = 'appointment' AND day < @before AND ${settled('hall_record.id')} LIMIT ${BATCH}`;
const TICKETS = `SELECT id FROM ticket WHERE day < @before AND ${settled('ticket.id')} LIMIT ${BATCH}`;

/**
 * Removes the local copy of pre-reviews, appointments and tickets: their projections go, and their streams are marked
 * for the log to be emptied of them (db/retention.ts), as those of cases are.
 */
export class HallRetention {
  readonly #db: Database.Database;
  readonly #ledger: Ledger;

  constructor(db: Database.Database, ledger: Ledger) {
    this.#db = db;
    this.#ledger = ledger;
  }

  /**
   * @param acked own ops of this epoch up to here are at the centre, and all of epochs before: nothing beyond is touched
   * @param now milliseconds since 1970
   * @param breathe awaited between batches
   */
  async run(periods: HallPeriods, acked: number, now: number, breathe: () => Promise<void>): Promise<HallRemoved> {
    const remove = async (find: string, from: string, days: number): Promise<number> => {
      let removed = 0;
      for (;;) {
        const batch = this.#removeBatch(find, from, acked, now - days * DAY_MS, now);
        removed += batch;
        if (batch < BATCH) return removed;
        await breathe();
      }
    };
    return {
      preReviews: await remove(PRE_REVIEWS, "hall_record WHERE kind = 'prereview' AND", periods.drafts),
      appointments: await remove(APPOINTMENTS, "hall_record WHERE kind = 'appointment' AND", periods.appointments),
      tickets: await remove(TICKETS, 'ticket WHERE', periods.tickets),
    };
  }

  #removeBatch(find: string, from: string, acked: number, since: number, now: number): number {
    return this.#ledger.transact(() => {
      const ids = this.#db
        .prepare(find)
        .pluck()
        .all({
          ...{ acked, epoch: this.#ledger.epoch, device: uuidToBlob(this.#ledger.device) },
          ...{ before: hallDay(since), since: new Date(since).toISOString() },
        }) as Uint8Array[];
      const mark = this.#db.prepare('INSERT INTO pruned_stream (stream_id, at) VALUES (?, ?)');
      const remove = this.#db.prepare(`DELETE FROM ${from} id = ?`);
      const at = new Date(now).toISOString();
      for (const id of ids) {
        mark.run(id, at);
        remove.run(id);
      }
      return ids.length;
    });
  }
}
