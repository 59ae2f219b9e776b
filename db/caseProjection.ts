import type Database from 'better-sqlite3';
import type { ScanRecord } from '../domain/case/scan.ts';
import type { CaseRecord } from '../domain/case/types.ts';
import { canonicalJson } from '../domain/ledger/canonical.ts';
import type { BlankProjection } from './blankProjection.ts';
import { acceptanceKeys, certificateKeys } from './caseKeys.ts';
import { uuidToBlob } from './ids.ts';
import type { OpSource } from './opSource.ts';
import { type CaseRow, caseFromRow, progressText } from './rows.ts';

/** Beyond what any table of cases counts to. */
const NOWHERE = 2 ** 40;
/** Of a case that no op of this device is in. */
const NO_OWN = { epoch: 0, seq: 0 };

/** Cases with the keys they are found by, and their scanned pages. */
export class CaseProjection {
  readonly #statements: ReturnType<typeof prepare>;
  readonly #blanks: BlankProjection;
  readonly #readBody: (ord: number) => string;
  /** Null: the next one. It says when a case came to count here, which is not always the order of the log. */
  readonly #refOf: (id: Uint8Array, ord: number) => number | null;

  /** @param log the database whose log is read; another one only when projections are rebuilt beside a file */
  constructor(db: Database.Database, log: Database.Database, blanks: BlankProjection) {
    this.#statements = prepare(db);
    this.#blanks = blanks;
    const body = log.prepare('SELECT body FROM op WHERE ord = ?').pluck();
    this.#readBody = (ord) => body.get(ord) as string;
    const ref = log.prepare('SELECT ref FROM case_file WHERE id = ?').pluck();
    this.#refOf = (id, ord) => (log === db ? null : ((ref.get(id) as number | undefined) ?? NOWHERE + ord));
  }

  readCase(id: string): CaseRecord | null {
    const row = this.#statements.readCase.get(uuidToBlob(id)) as CaseRow | undefined;
    return row ? caseFromRow(row, this.#readBody(row.op_ord)) : null;
  }

  readScan(id: string): ScanRecord | null {
    const text = this.#statements.readScan.get(uuidToBlob(id)) as string | undefined;
    return text === undefined ? null : (JSON.parse(text) as ScanRecord);
  }

  writeCase(record: CaseRecord, { ord, own }: OpSource): void {
    if (record.version > 1) {
      this.#updateCase(record, own);
      return;
    }
    const { acceptance, ...progress } = record;
    const id = uuidToBlob(record.id);
    const text = progressText(progress);
    const { lastInsertRowid: ref } = this.#statements.insertCase.run(
      this.#refOf(id, ord),
      id,
      record.version,
      record.state,
      acceptance.number,
      ord,
      own?.epoch ?? 0,
      own?.seq ?? 0,
      text,
    );
    for (const key of acceptanceKeys(record)) this.#statements.insertKey.run(key, ref);
  }

  /** The stream was built anew: it keeps its first op. */
  rewriteCase(record: CaseRecord, { own }: OpSource): void {
    this.#updateCase(record, own ?? NO_OWN);
  }

  writeScan(scan: ScanRecord, { own }: OpSource): void {
    if (scan.version > 1) {
      this.rewriteScan(scan);
      return;
    }
    const id = uuidToBlob(scan.id);
    const sha256 = Buffer.from(scan.blob.sha256, 'hex');
    const caseId = uuidToBlob(scan.caseId);
    this.#statements.insertScan.run(id, caseId, scan.material, scan.page, sha256, own ? 1 : 0, ...contentOf(scan));
  }

  /** The stream was built anew: it keeps its first op. */
  rewriteScan(scan: ScanRecord): void {
    this.#statements.updateScan.run(scan.page, ...contentOf(scan), uuidToBlob(scan.id));
  }

  #updateCase(record: CaseRecord, own: OpSource['own']): void {
    const { acceptance: _inTheLog, ...progress } = record;
    const id = uuidToBlob(record.id);
    this.#statements.updateCase.run(record.version, record.state, progressText(progress), id);
    if (own) this.#statements.updateOwn.run(own.epoch, own.seq, id);
    this.#writeCertificateKeys(record, id);
    if (record.certificates.length > 0) this.#blanks.writeUses(record);
  }

  #writeCertificateKeys(record: CaseRecord, id: Buffer): void {
    for (const key of certificateKeys(record)) this.#statements.addKey.run(key, id);
  }
}

/** When it was removed, and all of it: in one order of keys, whether the op was just made or is read from the log. */
function contentOf(scan: ScanRecord): [removed: string, text: string] {
  return [scan.removed?.at ?? '', canonicalJson(scan)];
}

function prepare(db: Database.Database) {
  return {
    readCase: db.prepare('SELECT op_ord, progress FROM case_file WHERE id = ?'),
    insertCase: db.prepare(`
      INSERT INTO case_file (ref, id, version, state, number, op_ord, own_epoch, own_seq, progress)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    updateCase: db.prepare('UPDATE case_file SET version = ?, state = ?, progress = ? WHERE id = ?'),
    updateOwn: db.prepare('UPDATE case_file SET own_epoch = ?, own_seq = ? WHERE id = ?'),
    insertKey: db.prepare('INSERT INTO case_key (key, case_ref) VALUES (?, ?)'),
    readScan: db.prepare('SELECT record FROM scan WHERE id = ?').pluck(),
    insertScan: db.prepare(`
      INSERT INTO scan (id, case_id, material, page, sha256, own, removed, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`),
    updateScan: db.prepare('UPDATE scan SET page = ?, removed = ?, record = ? WHERE id = ?'),
    addKey: db.prepare('INSERT OR IGNORE INTO case_key (key, case_ref) SELECT ?, ref FROM case_file WHERE id = ?'),
  };
}
