import type Database from 'better-sqlite3';
import type { ScanAttached, ScanBlob, ScanSource } from '../domain/case/scan.ts';
import { blobToUuid, uuidToBlob } from './ids.ts';

/** A page that is scanned and stored, and not yet part of a case. */
export interface HeldScan extends ScanAttached {
  id: string;
  heldAt: string;
  heldBy: string;
}

interface HeldRow {
  id: Uint8Array;
  case_id: Uint8Array;
  material: string;
  page: number;
  blob: string;
  source: ScanSource;
  held_at: string;
  held_by: string;
}

/** Pages that wait for their case; state of this machine, no record. */
export class HeldScans {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /** A page held before under this id is replaced: it was turned or cropped. */
  put(scan: HeldScan): void {
    this.#db
      .prepare(`
        INSERT INTO scan_held (id, case_id, material, page, sha256, blob, source, held_at, held_by)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET case_id = excluded.case_id, material = excluded.material, page = excluded.page,
          sha256 = excluded.sha256, blob = excluded.blob, source = excluded.source, held_at = excluded.held_at,
          held_by = excluded.held_by`)
      .run(
        uuidToBlob(scan.id),
        uuidToBlob(scan.caseId),
        scan.material,
        scan.page,
        Buffer.from(scan.blob.sha256, 'hex'),
        JSON.stringify(scan.blob),
        scan.source,
        scan.heldAt,
        scan.heldBy,
      );
  }

  find(id: string): HeldScan | null {
    const row = this.#db.prepare('SELECT * FROM scan_held WHERE id = ?').get(uuidToBlob(id)) as HeldRow | undefined;
    return row ? fromRow(row) : null;
  }

  /** In the order of their pages. */
  of(caseId: string): HeldScan[] {
    const rows = this.#db
      .prepare('SELECT * FROM scan_held WHERE case_id = ? ORDER BY material, page, id')
      .all(uuidToBlob(caseId)) as HeldRow[];
    return rows.map(fromRow);
  }

  move(id: string, page: number): void {
    this.#db.prepare('UPDATE scan_held SET page = ? WHERE id = ?').run(page, uuidToBlob(id));
  }

  drop(id: string): void {
    this.#db.prepare('DELETE FROM scan_held WHERE id = ?').run(uuidToBlob(id));
  }

  /**
   * Abandoned pages (domain.md §7.4: 30 days).
   * @param before ISO instant
   * @returns how many were dropped; their images are unreferenced from now on
   */
  dropBefore(before: string): number {
    return this.#db.prepare('DELETE FROM scan_held WHERE held_at < ?').run(before).changes;
  }
}

function fromRow(row: HeldRow): HeldScan {
  return {
    id: blobToUuid(row.id),
    caseId: blobToUuid(row.case_id),
    material: row.material,
    page: row.page,
    blob: JSON.parse(row.blob) as ScanBlob,
    source: row.source,
    heldAt: row.held_at,
    heldBy: row.held_by,
  };
}
