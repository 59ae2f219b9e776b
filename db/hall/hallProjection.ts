import type Database from 'better-sqlite3';
import type { HallEntity, HallRecords, HallStream } from '../../domain/hall/reduceHall.ts';
import { canonicalJson } from '../../domain/ledger/canonical.ts';
import type { TicketRecord } from '../../domain/queue/ticketTypes.ts';
import { hallDayOf } from '../../domain/time/hallTime.ts';
import { uuidToBlob } from '../ids.ts';

export const HALL_TABLES = ['ticket', 'hall_record'] as const;

type Kept = Exclude<HallStream, 'ticket'>;

/** What a record is looked up by, and the local day it belongs to. */
const INDEXED: { [K in Kept]: (record: HallRecords[K]) => { key: string; day: string } } = {
  window: ({ terminal }) => ({ key: terminal, day: '' }),
  plan: () => ({ key: '', day: '' }),
  issue: ({ day }) => ({ key: '', day }),
  lease: ({ device, day }) => ({ key: device, day }),
  release: ({ terminal, at }) => ({ key: terminal, day: hallDayOf(at) }),
  signer: ({ terminal }) => ({ key: terminal, day: '' }),
  alarm: ({ alarm, at }) => ({ key: alarm, day: hallDayOf(at) }),
  rating: ({ clerk, at }) => ({ key: clerk, day: hallDayOf(at) }),
  workorder: ({ state, openedAt }) => ({ key: state, day: hallDayOf(openedAt) }),
  prereview: ({ state, startedAt }) => ({ key: state, day: hallDayOf(startedAt) }),
  appointment: ({ code, day }) => ({ key: code, day }),
  help: ({ terminal, at }) => ({ key: terminal, day: hallDayOf(at) }),
};

/** Writes tickets and hall records into their tables and reads them back. */
export class HallProjection {
  readonly #db: Database.Database;
  readonly #readTicket: Database.Statement;
  readonly #writeTicket: Database.Statement;
  readonly #ticketsOfDay: Database.Statement;
  readonly #readRecord: Database.Statement;
  readonly #writeRecord: Database.Statement;
  readonly #byKey: Database.Statement;
  readonly #byDay: Database.Statement;
  readonly #byDays: Database.Statement;
  readonly #ofKind: Database.Statement;

  constructor(db: Database.Database) {
    this.#db = db;
    this.#readTicket = db.prepare('SELECT record FROM ticket WHERE id = ?').pluck();
    this.#writeTicket = db.prepare(`
      INSERT INTO ticket (id, day, number, state, record) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET state = excluded.state, record = excluded.record`);
    this.#ticketsOfDay = db.prepare('SELECT record FROM ticket WHERE day = ? ORDER BY number, id').pluck();
    this.#readRecord = db.prepare('SELECT record FROM hall_record WHERE kind = ? AND id = ?').pluck();
    this.#writeRecord = db.prepare(`
      INSERT INTO hall_record (kind, id, key, day, record) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (kind, id) DO UPDATE SET key = excluded.key, day = excluded.day, record = excluded.record`);
    this.#byKey = db.prepare('SELECT record FROM hall_record WHERE kind = ? AND key = ? ORDER BY id').pluck();
    this.#byDay = db.prepare('SELECT record FROM hall_record WHERE kind = ? AND day = ? ORDER BY id').pluck();
    this.#byDays = db
      .prepare('SELECT record FROM hall_record WHERE kind = ? AND day BETWEEN ? AND ? ORDER BY day, id')
      .pluck();
    this.#ofKind = db.prepare('SELECT record FROM hall_record WHERE kind = ? ORDER BY id').pluck();
  }

  read(stream: HallStream, id: string): HallEntity | null {
    const text =
      stream === 'ticket' ? this.#readTicket.get(uuidToBlob(id)) : this.#readRecord.get(stream, uuidToBlob(id));
    return text === undefined ? null : ({ type: stream, record: JSON.parse(text as string) } as HallEntity);
  }

  write(entity: HallEntity): void {
    const id = uuidToBlob(entity.record.id);
    const text = canonicalJson(entity.record);
    if (entity.type === 'ticket') {
      const { day, number, state } = entity.record;
      this.#writeTicket.run(id, day, number, state, text);
      return;
    }
    const { key, day } = (INDEXED[entity.type] as (record: unknown) => { key: string; day: string })(entity.record);
    this.#writeRecord.run(entity.type, id, key, day, text);
  }

  remove(stream: HallStream, id: string): void {
    const key = uuidToBlob(id);
    if (stream === 'ticket') this.#db.prepare('DELETE FROM ticket WHERE id = ?').run(key);
    else this.#db.prepare('DELETE FROM hall_record WHERE kind = ? AND id = ?').run(stream, key);
  }

  ticket(id: string): TicketRecord | null {
    const held = this.read('ticket', id);
    return held?.type === 'ticket' ? held.record : null;
  }

  /** @param day local day, ISO */
  ticketsOfDay(day: string): TicketRecord[] {
    return (this.#ticketsOfDay.all(day) as string[]).map((text) => JSON.parse(text) as TicketRecord);
  }

  byKey<K extends Kept>(kind: K, key: string): HallRecords[K][] {
    return (this.#byKey.all(kind, key) as string[]).map((text) => JSON.parse(text) as HallRecords[K]);
  }

  byDay<K extends Kept>(kind: K, day: string): HallRecords[K][] {
    return (this.#byDay.all(kind, day) as string[]).map((text) => JSON.parse(text) as HallRecords[K]);
  }

  /** Of these local days, ISO, both included. */
  byDays<K extends Kept>(kind: K, from: string, to: string): HallRecords[K][] {
    return (this.#byDays.all(kind, from, to) as string[]).map((text) => JSON.parse(text) as HallRecords[K]);
  }

  all<K extends Kept>(kind: K): HallRecords[K][] {
    return (this.#ofKind.all(kind) as string[]).map((text) => JSON.parse(text) as HallRecords[K]);
  }
}
