import type Database from 'better-sqlite3';
import type { Catalogue } from '../domain/catalogue/types.ts';
import type { CalendarPublication, PublishedYear } from '../domain/clock/publishedCalendar.ts';
import type { CalendarRecord, CatalogueRecord } from '../domain/ledger/published.ts';
import { blobToUuid, uuidToBlob } from './ids.ts';

/** What came from the centre in the scope `catalog`, as the projections hold it. */
export class Publications {
  readonly #statements: ReturnType<typeof prepare>;
  readonly #readBody: (ord: number) => string;

  /** @param log the database whose log is read; another one only when projections are rebuilt beside a file */
  constructor(db: Database.Database, log: Database.Database = db) {
    this.#statements = prepare(db);
    const body = log.prepare('SELECT body FROM op WHERE ord = ?').pluck();
    this.#readBody = (ord) => body.get(ord) as string;
  }

  /** Every catalogue that was ever published, in the order of publication. */
  catalogues(): { version: string; validFrom: string }[] {
    return this.#statements.listCatalogues.all() as { version: string; validFrom: string }[];
  }

  catalogue(version: string): Catalogue | null {
    const row = this.#statements.findCatalogue.get(version) as { op_ord: number } | undefined;
    return row ? (JSON.parse(this.#readBody(row.op_ord)) as Catalogue) : null;
  }

  /** Rises with every publication of a calendar; 0 before the first. */
  calendarVersion(): number {
    return (this.#statements.calendarVersion.get() as number | undefined) ?? 0;
  }

  calendar(): CalendarPublication | null {
    return this.calendarVersion() === 0 ? null : this.#readCalendar();
  }

  readCatalogueRecord(id: string): CatalogueRecord | null {
    const row = this.#statements.newestCatalogue.get() as { stream_version: number; op_ord: number } | undefined;
    if (!row) return null;
    return { id, version: row.stream_version, catalogue: JSON.parse(this.#readBody(row.op_ord)) as Catalogue };
  }

  readCalendarRecord(id: string): CalendarRecord | null {
    const row = this.#statements.calendarState.get() as
      | { id: Uint8Array; stream_version: number; published_at: string }
      | undefined;
    if (!row || blobToUuid(row.id) !== id) return null;
    return { id, version: row.stream_version, calendar: this.#readCalendar(), publishedAt: row.published_at };
  }

  /** @param ord of the op that published it */
  writeCatalogue({ version, catalogue }: CatalogueRecord, ord: number): void {
    this.#statements.addCatalogue.run(catalogue.version, version, catalogue.validFrom, ord);
  }

  writeCalendar({ id, version, calendar, publishedAt }: CalendarRecord): void {
    const { setCalendar, clearYears, addYear, clearOverrides, addOverride } = this.#statements;
    setCalendar.run(uuidToBlob(id), version, publishedAt);
    clearYears.run();
    for (const { year, source, verified, off, working } of calendar.years) {
      addYear.run(year, source, verified ? 1 : 0, off.join(' '), working.join(' '));
    }
    clearOverrides.run();
    for (const { day, kind, source } of calendar.overrides) addOverride.run(day, kind, source);
  }

  #readCalendar(): CalendarPublication {
    const years = this.#statements.years.all() as {
      year: number;
      source: string;
      verified: number;
      off: string;
      working: string;
    }[];
    return {
      years: years.map(
        ({ year, source, verified, off, working }): PublishedYear => ({
          year,
          source,
          verified: verified === 1,
          off: off.split(' '),
          working: working === '' ? [] : working.split(' '),
        }),
      ),
      overrides: this.#statements.overrides.all() as CalendarPublication['overrides'],
    };
  }
}

function prepare(db: Database.Database) {
  return {
    listCatalogues: db.prepare('SELECT version, valid_from AS validFrom FROM catalogue ORDER BY stream_version'),
    findCatalogue: db.prepare('SELECT op_ord FROM catalogue WHERE version = ?'),
    newestCatalogue: db.prepare('SELECT stream_version, op_ord FROM catalogue ORDER BY stream_version DESC LIMIT 1'),
    addCatalogue: db.prepare('INSERT INTO catalogue (version, stream_version, valid_from, op_ord) VALUES (?, ?, ?, ?)'),
    calendarVersion: db.prepare('SELECT stream_version FROM calendar').pluck(),
    calendarState: db.prepare('SELECT id, stream_version, published_at FROM calendar'),
    setCalendar: db.prepare(`
      INSERT INTO calendar (id, stream_version, published_at) VALUES (?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET stream_version = excluded.stream_version, published_at = excluded.published_at`),
    years: db.prepare('SELECT year, source, verified, off, working FROM calendar_year ORDER BY year'),
    clearYears: db.prepare('DELETE FROM calendar_year'),
    addYear: db.prepare('INSERT INTO calendar_year (year, source, verified, off, working) VALUES (?, ?, ?, ?, ?)'),
    overrides: db.prepare('SELECT day, kind, source FROM calendar_override ORDER BY day'),
    clearOverrides: db.prepare('DELETE FROM calendar_override'),
    addOverride: db.prepare('INSERT INTO calendar_override (day, kind, source) VALUES (?, ?, ?)'),
  };
}
