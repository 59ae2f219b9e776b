import type Database from 'better-sqlite3';
import type { BlobStore } from '../blob/store.ts';
import type { ScanRecord } from '../domain/case/scan.ts';
import { HeldScans } from './heldScans.ts';
import { uuidToBlob } from './ids.ts';

interface ScanRow {
  record: string;
  own: number;
}

export interface FoundScan {
  record: ScanRecord;
  /** Scanned on this machine: its image is here. */
  own: boolean;
}

/** Reads of scanned pages, and which images nobody needs any more. */
export class Scans {
  readonly held: HeldScans;
  readonly #db: Database.Database;
  readonly #blobs: BlobStore;

  constructor(db: Database.Database, blobs: BlobStore) {
    this.#db = db;
    this.#blobs = blobs;
    this.held = new HeldScans(db);
  }

  find(id: string): FoundScan | null {
    const row = this.#db.prepare('SELECT record, own FROM scan WHERE id = ?').get(uuidToBlob(id)) as
      | ScanRow
      | undefined;
    return row ? toFound(row) : null;
  }

  /** The pages of a case, removed ones left out, in the order of material and page. */
  of(caseId: string): FoundScan[] {
    const rows = this.#db
      .prepare("SELECT record, own FROM scan WHERE case_id = ? AND removed = '' ORDER BY material, page, id")
      .all(uuidToBlob(caseId)) as ScanRow[];
    return rows.map(toFound);
  }

  /** Images of pages scanned on this machine that are part of a case: what must be here, sent or not. */
  ownImages(): string[] {
    const rows = this.#db.prepare("SELECT DISTINCT sha256 FROM scan WHERE own = 1 AND removed = ''").pluck().all();
    return (rows as Uint8Array[]).map((sha256) => Buffer.from(sha256).toString('hex'));
  }

  /** Images of cases scanned on this machine that the centre has not, as far as is known here; the oldest page first. */
  imagesToSend(): string[] {
    const rows = this.#db
      .prepare(`
        SELECT sha256 FROM scan WHERE own = 1 AND removed = '' AND sha256 NOT IN (SELECT sha256 FROM image_at_centre)
        GROUP BY sha256 ORDER BY min(id)`)
      .pluck()
      .all() as Uint8Array[];
    return rows.map((sha256) => Buffer.from(sha256).toString('hex'));
  }

  countImagesToSend(): number {
    return this.#db
      .prepare(`
        SELECT count(DISTINCT sha256) FROM scan
        WHERE own = 1 AND removed = '' AND sha256 NOT IN (SELECT sha256 FROM image_at_centre)`)
      .pluck()
      .get() as number;
  }

  /** The image of a page can be looked at: it lies here, or the centre has it whole. */
  isKept({ blob: { sha256 } }: Pick<ScanRecord, 'blob'>): boolean {
    if (this.#blobs.has(sha256)) return true;
    const atCentre = this.#db.prepare('SELECT 1 FROM image_at_centre WHERE sha256 = ?');
    return atCentre.get(Buffer.from(sha256, 'hex')) !== undefined;
  }

  /** The centre has it whole, on its disk. @param at ISO instant */
  noteAtCentre(sha256: string, at: string): void {
    this.#db
      .prepare('INSERT OR IGNORE INTO image_at_centre (sha256, at) VALUES (?, ?)')
      .run(Buffer.from(sha256, 'hex'), at);
  }

  /** Images of cases scanned on this machine that the centre has had whole since this instant, ISO. */
  imagesAtCentre(since: string): string[] {
    const rows = this.#db
      .prepare(`
        SELECT DISTINCT sha256 FROM scan WHERE own = 1 AND removed = ''
          AND sha256 IN (SELECT sha256 FROM image_at_centre WHERE at >= ?)`)
      .pluck()
      .all(since) as Uint8Array[];
    return rows.map((sha256) => Buffer.from(sha256).toString('hex'));
  }

  /** The centre has it no more: it is sent again. */
  forgetAtCentre(sha256: string): void {
    this.#db.prepare('DELETE FROM image_at_centre WHERE sha256 = ?').run(Buffer.from(sha256, 'hex'));
  }

  /**
   * Images that were stored before `before` and that no held page and no page of a case has named since: left by a crash,
   * by pages given up, by pages removed. What removes them asks `removeImage`, which looks again.
   * @param before ISO instant
   */
  async unreferencedImages(before: string): Promise<string[]> {
    const listed = await this.#blobs.list();
    const limit = Date.parse(before);
    return listed
      .filter(({ sha256, storedAt }) => storedAt < limit && !this.#isNamed(sha256, before))
      .map(({ sha256 }) => sha256);
  }

  /**
   * @param before as above; images named by a page removed after it are kept
   * @returns false when it is needed after all, or gone already
   */
  removeImage(sha256: string, before: string): boolean {
    return !this.#isNamed(sha256, before) && this.#blobs.remove(sha256);
  }

  #isNamed(sha256: string, before: string): boolean {
    const key = Buffer.from(sha256, 'hex');
    const named = this.#db.prepare(`
      SELECT EXISTS (SELECT 1 FROM scan WHERE sha256 = ? AND (removed = '' OR removed >= ?))
        OR EXISTS (SELECT 1 FROM scan_held WHERE sha256 = ?)`);
    return named.pluck().get(key, before, key) === 1;
  }
}

function toFound({ record, own }: ScanRow): FoundScan {
  return { record: JSON.parse(record) as ScanRecord, own: own === 1 };
}
