import type Database from 'better-sqlite3';
import type { BlankForm } from '../domain/blanks/serial.ts';
import type { OpBodies } from '../domain/ledger/op.ts';
import type { PrintJobRecord, PrintOpKind } from '../domain/printJob/types.ts';
import { blobToUuid, uuidToBlob } from './ids.ts';
import type { Ledger } from './ledger.ts';

/** A sheet was fed before, for another job: the table says so, whoever asks. */
export class FedSheetError extends Error {
  override name = 'FedSheetError';

  constructor() {
    super('this sheet was fed for another job');
  }
}

/** What a drawer's sheets of one day became (domain.md §4.11). */
export interface SheetTally {
  /** Bound for a printer with a journal, and by hand. */
  bound: number;
  byHand: number;
  /** By the journal. */
  confirmed: number;
  spoiled: number;
  open: number;
}

/** The journal of the certificate printer: reads, and the one way to write it. */
export class Prints {
  readonly #db: Database.Database;
  readonly #ledger: Ledger;

  constructor(db: Database.Database, ledger: Ledger) {
    this.#db = db;
    this.#ledger = ledger;
  }

  /**
   * One move of a job of this machine, durable when it returns. With `print.sending` the sheet is taken in the same
   * transaction, for ever.
   * @throws ReduceError when the move is not legal; FedSheetError when the sheet was fed for another job
   */
  move<K extends PrintOpKind>(job: string, kind: K, actor: string, body: OpBodies[K]): PrintJobRecord {
    return this.#ledger.transact(() => {
      const { entity, op } = this.#ledger.append({ kind, stream: `print:${job}`, actor, body });
      const record = entity.record as PrintJobRecord;
      if (kind === 'print.sending') this.#feed(record, op.at);
      return record;
    });
  }

  find(id: string): PrintJobRecord | null {
    return this.#read('id = ?', [uuidToBlob(id)])[0] ?? null;
  }

  ofCase(caseId: string): PrintJobRecord[] {
    return this.#read('case_id = ?', [uuidToBlob(caseId)]);
  }

  ofBlank(blank: string): PrintJobRecord[] {
    return this.#read('blank = ?', [blank]);
  }

  /** Every job that stands against this sheet or this number. */
  against(blank: string, certificate: string): PrintJobRecord[] {
    return this.#read('blank = ? OR certificate = ?', [blank, certificate]);
  }

  /** Jobs that have not ended, of every machine of the hall. */
  open(): PrintJobRecord[] {
    return this.#read("state IN ('PREPARED', 'SENDING', 'SENT', 'UNKNOWN')", []);
  }

  /**
   * Those of them that somebody must still answer for. Where the machine with the printer is gone for good, the case
   * may have spoiled the sheet without it.
   */
  asking(): PrintJobRecord[] {
    return this.#read(
      `state IN ('PREPARED', 'SENDING', 'SENT', 'UNKNOWN')
        AND NOT EXISTS (SELECT 1 FROM blank_use WHERE serial = print_job.blank AND state = 'VOID')`,
      [],
    );
  }

  /** Jobs of this machine whose case has not yet taken note of them. */
  ownConfirmed(): PrintJobRecord[] {
    return this.#read(
      `state = 'CONFIRMED' AND device = ?
        AND EXISTS (SELECT 1 FROM case_file WHERE case_file.id = case_id AND case_file.state IN ('PRINTING', 'BOOKED'))`,
      [uuidToBlob(this.#ledger.device)],
    );
  }

  isOwn({ device }: Pick<PrintJobRecord, 'device'>): boolean {
    return device === this.#ledger.device;
  }

  /** Whether the sheet ever went under this machine's printer, and for which job. */
  fedFor(blank: string): string | null {
    const job = this.#db.prepare('SELECT job FROM fed_sheet WHERE blank = ?').pluck().get(blank) as
      | Uint8Array
      | undefined;
    return job === undefined ? null : blobToUuid(job);
  }

  /**
   * When this machine last went on from older data: what it fed in between is not in its journal.
   * @returns ISO instant; null: never
   */
  wentBackAt(): string | null {
    const at = this.#db
      .prepare(`SELECT at FROM op WHERE device = ? AND epoch = ? AND kind = 'epoch.began' ORDER BY seq DESC LIMIT 1`)
      .pluck()
      .get(uuidToBlob(this.#ledger.device), this.#ledger.epoch) as string | undefined;
    return at ?? null;
  }

  /** Desks of the hall that have a certificate printer now. */
  printers(): { terminal: string; driver: string }[] {
    return this.#db
      .prepare('SELECT DISTINCT terminal, driver FROM certificate_printer WHERE present = 1 ORDER BY terminal')
      .all() as { terminal: string; driver: string }[];
  }

  /** Says once, to the whole hall, that this machine has a certificate printer, or has it no longer. */
  announce(terminal: string, driver: string | null): void {
    const known = this.#db
      .prepare('SELECT terminal, driver, present FROM certificate_printer WHERE id = ?')
      .get(uuidToBlob(this.#ledger.device)) as { terminal: string; driver: string; present: number } | undefined;
    const isSame = known?.terminal === terminal && known.driver === driver && known.present === 1;
    if (driver === null ? known?.present !== 1 : isSame) return;
    this.#ledger.append({
      kind: 'printer.announced',
      stream: `printer:${this.#ledger.device}`,
      actor: 'system',
      body: { terminal, driver: driver ?? known?.driver ?? '', present: driver !== null },
    });
  }

  /** What became of the sheets of one drawer on a day. */
  tally(day: string, { window, form }: { window: string; form: BlankForm }): SheetTally {
    return this.#db
      .prepare(`
        SELECT total(bound) AS bound, total(by_hand) AS byHand, total(confirmed) AS confirmed, total(spoiled) AS spoiled,
          total(open) AS open
        FROM (
          SELECT iif(through = 'printer', count, 0) AS bound, iif(through IS NULL, count, 0) AS by_hand, 0 AS confirmed,
            0 AS spoiled, 0 AS open
          FROM blank_movement INDEXED BY blank_movement_day
          WHERE day = @day AND kind = 'blanks.bound' AND from_place = @window AND form = @form
          UNION ALL
          SELECT 0, 0, state = 'CONFIRMED', state = 'SPOILED', state IN ('PREPARED', 'SENDING', 'SENT', 'UNKNOWN')
          FROM print_job INDEXED BY print_job_day WHERE day = @day AND terminal = @window AND form = @form)`)
      .get({ day, window, form }) as SheetTally;
  }

  #feed({ blank, id }: PrintJobRecord, at: string): void {
    this.#db
      .prepare('INSERT INTO fed_sheet (blank, job, at) VALUES (?, ?, ?) ON CONFLICT (blank) DO NOTHING')
      .run(blank, uuidToBlob(id), at);
    if (this.fedFor(blank) !== id) throw new FedSheetError();
  }

  #read(where: string, values: unknown[]): PrintJobRecord[] {
    const rows = this.#db
      .prepare(`SELECT record FROM print_job WHERE ${where} ORDER BY id`)
      .pluck()
      .all(...values);
    return (rows as string[]).map((text) => JSON.parse(text) as PrintJobRecord);
  }
}
