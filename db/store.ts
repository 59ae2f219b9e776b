import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type Database from 'better-sqlite3';
import { BlobStore } from '../blob/store.ts';
import { AuditLog } from './auditLog.ts';
import { Blanks } from './blanks.ts';
import { Calibrations } from './calibrations.ts';
import { Cases } from './cases.ts';
import { lockData } from './dataLock.ts';
import { Delivery } from './delivery.ts';
import { HallProjection } from './hall/hallProjection.ts';
import { Ledger } from './ledger.ts';
import { LocalState } from './localState.ts';
import { readMeta, writeMeta } from './meta.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './open.ts';
import { Outages } from './outages.ts';
import { Outbox } from './outbox.ts';
import { Payments } from './payments.ts';
import { PrintForms } from './printForms.ts';
import { Prints } from './prints.ts';
import { Publications } from './publications.ts';
import { Retention } from './retention.ts';
import { Returned } from './returned.ts';
import { Scans } from './scans.ts';
import { StaffDirectory } from './staff.ts';
import { TextIndex } from './textIndex.ts';

export interface StoreOptions {
  /** Folder of the data; `yichuang.db` and `blobs/` lie in it. */
  dir: string;
  keyHex: string;
  now: () => number;
  newId: () => string;
}

export const DATABASE_FILE = 'yichuang.db';
/** In the data folder, unless the configuration names a better place. */
export const BACKUP_FOLDER = 'backups';

/** The only writer of a terminal's database, and everything that is read from it. */
export class Store {
  readonly db: Database.Database;
  readonly ledger: Ledger;
  readonly cases: Cases;
  readonly blanks: Blanks;
  readonly delivery: Delivery;
  readonly hall: HallProjection;
  readonly outages: Outages;
  readonly returned: Returned;
  readonly outbox: Outbox;
  readonly payments: Payments;
  readonly prints: Prints;
  readonly audit: AuditLog;
  readonly staff: StaffDirectory;
  readonly local: LocalState;
  readonly publications: Publications;
  readonly retention: Retention;
  readonly textIndex: TextIndex;
  readonly blobs: BlobStore;
  readonly scans: Scans;
  readonly calibrations: Calibrations;
  readonly printForms: PrintForms;

  readonly #lock: { release(): void };

  private constructor(db: Database.Database, lock: { release(): void }, options: StoreOptions) {
    this.db = db;
    this.#lock = lock;
    const device = readMeta(db, 'device') ?? options.newId();
    const epoch = Number(readMeta(db, 'epoch') ?? '1');
    db.transaction(() => {
      if (readMeta(db, 'device') === null) {
        writeMeta(db, 'device', device);
        writeMeta(db, 'epoch', String(epoch));
        writeMeta(db, 'created-at', new Date(options.now()).toISOString());
      }
    })();
    this.ledger = new Ledger(db, { device, epoch, now: options.now, newId: options.newId });
    this.textIndex = new TextIndex(db);
    this.hall = new HallProjection(db);
    this.outages = new Outages(db);
    this.returned = new Returned(db);
    this.cases = new Cases(db, device, this.textIndex, this.outages);
    this.blanks = new Blanks(db);
    this.delivery = new Delivery(db, this.ledger);
    this.outbox = new Outbox(db, this.delivery, device);
    this.payments = new Payments(db);
    this.prints = new Prints(db, this.ledger);
    this.audit = new AuditLog(db);
    this.staff = new StaffDirectory(db);
    this.local = new LocalState(db);
    this.blobs = new BlobStore(options);
    this.blobs.prepare();
    this.scans = new Scans(db, this.blobs);
    this.calibrations = new Calibrations(db);
    this.printForms = new PrintForms(db);
    this.publications = new Publications(db);
    this.retention = new Retention(db, this.ledger, this.textIndex);
  }

  /** @throws StoreError when the file cannot be opened safely; it is left untouched then */
  static open(options: StoreOptions): Store {
    mkdirSync(options.dir, { recursive: true, mode: 0o700 });
    const lock = lockData(options.dir);
    try {
      const db = openDatabase({ file: path.join(options.dir, DATABASE_FILE), keyHex: options.keyHex });
      try {
        migrate(db);
        return new Store(db, lock, options);
      } catch (error) {
        db.close();
        throw error;
      }
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  close(): void {
    this.textIndex.stop();
    this.db.pragma('wal_checkpoint(TRUNCATE)');
    this.db.close();
    this.#lock.release();
  }
}
