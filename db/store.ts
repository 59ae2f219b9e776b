import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type Database from 'better-sqlite3';
import { BlobStore } from '../blob/store.ts';
import { quarantine, readDamage } from '../disk/quarantine.ts';
import { emptyLog, readWalState } from '../disk/walState.ts';
import { type Testimony, Witness } from '../disk/witness.ts';
import { AuditLog } from './auditLog.ts';
import { Blanks } from './blanks.ts';
import { Calibrations } from './calibrations.ts';
import { Cases } from './cases.ts';
import { lockData } from './dataLock.ts';
import { Delivery } from './delivery.ts';
import { examineDatabase, formatHead } from './examine.ts';
import { HallProjection } from './hall/hallProjection.ts';
import { forgetHome, noteHome } from './home.ts';
import { Identity } from './identity.ts';
import { Ledger } from './ledger.ts';
import { LocalState } from './localState.ts';
import { readMeta, writeMeta } from './meta.ts';
import { migrate } from './migrate.ts';
import { openDatabase, StoreError } from './open.ts';
import { Outages } from './outages.ts';
import { Outbox } from './outbox.ts';
import { Outgoing } from './outgoing.ts';
import { Payments } from './payments.ts';
import { PrintForms } from './printForms.ts';
import { Prints } from './prints.ts';
import { Publications } from './publications.ts';
import { RaisedAlarms } from './raisedAlarms.ts';
import { Retention } from './retention.ts';
import { Returned } from './returned.ts';
import { Revocations } from './revocations.ts';
import { Scans } from './scans.ts';
import { StaffDirectory } from './staff.ts';
import { TextIndex } from './textIndex.ts';
import { isUnderstood } from './understood.ts';

export interface StoreOptions {
  /** Folder of the data; `yichuang.db` and `blobs/` lie in it. */
  dir: string;
  keyHex: string;
  now: () => number;
  newId: () => string;
  /** These data are being put in place of others: whoever does that sees to their epoch. */
  isReplacing?: boolean | undefined;
  /** Right after COMMIT; returns at once. */
  onCommitted?: (() => void) | undefined;
  /** A transaction found no room on the disk, and was undone. */
  onFullDisk?: (() => void) | undefined;
  /** A page was met that is not as it was written; `suspect` has been noted. */
  onDamaged?: (() => void) | undefined;
}

export const DATABASE_FILE = 'yichuang.db';
/** In the data folder, unless the configuration names a better place. */
export const BACKUP_FOLDER = 'backups';
/** Left when the running program met a damaged page: the next start reads every one. */
const SUSPICION_FILE = 'check-every-page';

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
  readonly outgoing: Outgoing;
  readonly payments: Payments;
  readonly prints: Prints;
  readonly audit: AuditLog;
  readonly staff: StaffDirectory;
  readonly identity: Identity;
  readonly local: LocalState;
  readonly raisedAlarms: RaisedAlarms;
  readonly revocations: Revocations;
  readonly publications: Publications;
  readonly retention: Retention;
  readonly textIndex: TextIndex;
  readonly blobs: BlobStore;
  readonly scans: Scans;
  readonly calibrations: Calibrations;
  readonly printForms: PrintForms;

  readonly #lock: { release(): void };
  readonly #options: StoreOptions;
  readonly #witness: Witness;
  #saying: NodeJS.Immediate | null = null;

  private constructor(db: Database.Database, lock: { release(): void }, options: StoreOptions) {
    this.db = db;
    this.#lock = lock;
    this.#options = options;
    this.#witness = Witness.open(options.dir, options.keyHex);
    const device = readMeta(db, 'device') ?? options.newId();
    const epoch = Number(readMeta(db, 'epoch') ?? '1');
    db.transaction(() => {
      if (readMeta(db, 'device') === null) {
        writeMeta(db, 'device', device);
        writeMeta(db, 'epoch', String(epoch));
        writeMeta(db, 'created-at', new Date(options.now()).toISOString());
      }
    })();
    const { now, newId } = options;
    this.ledger = new Ledger(db, {
      device,
      epoch,
      now,
      newId,
      onCommitted: () => this.#committed(),
      onDamaged: () => this.suspect(),
      onFullDisk: options.onFullDisk,
    });
    this.textIndex = new TextIndex(db);
    this.hall = new HallProjection(db);
    this.outages = new Outages(db);
    this.returned = new Returned(db);
    this.cases = new Cases(db, device, this.textIndex, this.outages);
    this.blanks = new Blanks(db);
    this.delivery = new Delivery(db, this.ledger);
    this.outbox = new Outbox(db, this.delivery, device);
    this.outgoing = new Outgoing(db, device);
    this.payments = new Payments(db);
    this.prints = new Prints(db, this.ledger);
    this.audit = new AuditLog(db);
    this.staff = new StaffDirectory(db);
    this.identity = new Identity(db, options.now);
    this.local = new LocalState(db);
    this.raisedAlarms = new RaisedAlarms(db);
    this.revocations = new Revocations(db);
    this.blobs = new BlobStore(options);
    this.blobs.prepare();
    this.scans = new Scans(db, this.blobs);
    this.calibrations = new Calibrations(db);
    this.printForms = new PrintForms(db);
    this.publications = new Publications(db);
    this.retention = new Retention(db, this.ledger, this.textIndex);
    this.ledger.judgeAgain(isUnderstood);
    this.#testify();
  }

  /**
   * @throws StoreError when the file cannot be opened safely; it is left untouched then, but for `damaged`: what is broken
   * was moved to quarantine, whole, and nothing opens here before sound data are put in place
   */
  static open(options: StoreOptions): Store {
    mkdirSync(options.dir, { recursive: true, mode: 0o700 });
    const lock = lockData(options.dir);
    try {
      refuseDamaged(options);
      const file = path.join(options.dir, DATABASE_FILE);
      const db = openDatabase({ file, keyHex: options.keyHex });
      try {
        migrate(db);
        const store = new Store(db, lock, options);
        if (options.isReplacing) forgetHome(db);
        noteHome(store, file, options.now);
        return store;
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
    if (this.#saying) {
      clearImmediate(this.#saying);
      this.#testify();
    }
    // Said only when the main file has everything, and before the log is emptied.
    // On a full disk the log stays: it is as durable as the main file.
    if (emptyLog(this.db)) {
      this.#witness.sayDurably({ ...this.#testimony(), wal: null });
      this.db.pragma('wal_checkpoint(TRUNCATE)');
    }
    this.db.close();
    this.#witness.close();
    this.#lock.release();
  }

  /**
   * The running program met a page that is not as it was written: the next start looks at every one.
   * @param found by whoever has looked at every one already
   */
  suspect(found = ''): void {
    writeFileSync(path.join(this.#options.dir, SUSPICION_FILE), found, { mode: 0o600, flush: true });
    this.#options.onDamaged?.();
  }

  /** Said when the turn is over: whoever waits for a save does not wait for this, and what is saved together is said once. */
  #committed(): void {
    this.#saying ??= setImmediate(() => {
      this.#saying = null;
      this.#testify();
    });
    this.#options.onCommitted?.();
  }

  #testify(): void {
    try {
      this.#witness.say(this.#testimony(), this.#options.now());
    } catch {
      // What was committed is committed; the next one says it.
    }
  }

  #testimony(): Testimony {
    const { device, epoch } = this.ledger;
    const wal = readWalState(this.db, path.join(this.#options.dir, DATABASE_FILE));
    return { of: device, head: formatHead({ epoch, ...this.ledger.head() }), wal };
  }
}

/** @throws StoreError `damaged` */
function refuseDamaged({ dir, keyHex, now }: StoreOptions): void {
  const file = path.join(dir, DATABASE_FILE);
  const suspicion = path.join(dir, SUSPICION_FILE);
  const isSuspect = existsSync(suspicion);
  const known = readDamage(dir)?.found ?? (isSuspect && readFileSync(suspicion, 'utf8'));
  const found = known || examineDatabase(file, keyHex, isSuspect ? 'always' : 'small');
  const record = found === null ? null : quarantine(dir, DATABASE_FILE, found, now());
  rmSync(suspicion, { force: true });
  if (record === null) return;
  throw new StoreError('damaged', `${DATABASE_FILE}: ${found}`, undefined, record.quarantine);
}
