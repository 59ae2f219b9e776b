import type Database from 'better-sqlite3';
import { dayOf } from '../domain/blanks/balance.ts';
import { canonicalJson } from '../domain/ledger/canonical.ts';
import type { PrinterRecord } from '../domain/ledger/reduce.ts';
import type { PrintJobRecord } from '../domain/printJob/types.ts';
import { uuidToBlob } from './ids.ts';

export const PRINT_TABLES = ['print_job', 'certificate_printer'] as const;

/** Print jobs and certificate printers ↔ their tables. */
export class PrintProjection {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Database.Database) {
    this.#statements = prepare(db);
  }

  readJob(id: string): PrintJobRecord | null {
    const text = this.#statements.readJob.get(uuidToBlob(id)) as string | undefined;
    return text === undefined ? null : (JSON.parse(text) as PrintJobRecord);
  }

  readPrinter(id: string): PrinterRecord | null {
    const row = this.#statements.readPrinter.get(uuidToBlob(id)) as
      | (Omit<PrinterRecord, 'id' | 'present'> & { present: number })
      | undefined;
    return row ? { ...row, id, present: row.present === 1 } : null;
  }

  /** @throws SqliteError SQLITE_CONSTRAINT when the sheet was fed for another job, or the number is on another sheet */
  writeJob(job: PrintJobRecord): void {
    this.#statements.writeJob.run(
      uuidToBlob(job.id),
      job.version,
      uuidToBlob(job.device),
      job.terminal,
      uuidToBlob(job.caseId),
      job.certificate,
      job.blank,
      job.form,
      job.layout,
      job.calibration,
      Buffer.from(job.sha256, 'hex'),
      job.operator,
      dayOf({ at: job.preparedAt }),
      job.state,
      job.fed ? 1 : 0,
      canonicalJson(job),
    );
  }

  writePrinter({ id, version, terminal, driver, present, at }: PrinterRecord): void {
    this.#statements.writePrinter.run(uuidToBlob(id), version, terminal, driver, present ? 1 : 0, at);
  }
}

function prepare(db: Database.Database) {
  return {
    readJob: db.prepare('SELECT record FROM print_job WHERE id = ?').pluck(),
    // Not INSERT OR REPLACE: that would take the row in the way out of the table and call it done.
    writeJob: db.prepare(`
      INSERT INTO print_job (id, version, device, terminal, case_id, certificate, blank, form, layout, calibration, sha256,
        operator, day, state, fed, record)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET version = excluded.version, layout = excluded.layout,
        calibration = excluded.calibration, sha256 = excluded.sha256, operator = excluded.operator,
        state = excluded.state, fed = excluded.fed, record = excluded.record`),
    readPrinter: db.prepare('SELECT version, terminal, driver, present, at FROM certificate_printer WHERE id = ?'),
    writePrinter: db.prepare(`
      INSERT INTO certificate_printer (id, version, terminal, driver, present, at) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET version = excluded.version, terminal = excluded.terminal,
        driver = excluded.driver, present = excluded.present, at = excluded.at`),
  };
}
