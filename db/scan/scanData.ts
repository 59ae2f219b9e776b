import path from 'node:path';
import type Database from 'better-sqlite3';
import { BlobStore } from '../../blob/store.ts';
import type { Finding } from '../../contract/finding.ts';
import { isDamageError } from '../../disk/examine.ts';
import { openDatabase } from '../open.ts';
import { Scans } from '../scans.ts';
import { DATABASE_FILE } from '../store.ts';
import { verifyDatabase } from '../verify.ts';
import { type BlobFinding, verifyBlobs } from '../verifyBlobs.ts';

export interface ScanRequest {
  /** The data folder; its program may be at work. */
  dir: string;
  keyHex: string;
  /** `pages`: whether each can be read and fits the others, and no more. */
  what: 'pages' | 'everything';
}

export type ScanFinding = Finding | BlobFinding;

/**
 * Reads what is there: pages, rows and their hashes, chains, the projections against the log, images. Changes nothing.
 * @throws StoreError when it cannot be opened with this key
 */
export async function scanData({ dir, keyHex, what }: ScanRequest): Promise<ScanFinding[]> {
  const db = openDatabase({ file: path.join(dir, DATABASE_FILE), keyHex, readonly: true });
  try {
    if (what === 'pages') return checkPages(db);
    // One moment of a database that others write to meanwhile.
    db.exec('BEGIN');
    const blobs = new BlobStore({ dir, keyHex });
    const images = new Scans(db, blobs).ownImages();
    const findings = verifyDatabase(db);
    db.exec('COMMIT');
    return [...findings, ...(await verifyBlobs(images, blobs))];
  } catch (error) {
    if (!isDamageError(error)) throw error;
    return [{ code: 'integrity', detail: 'a page is damaged: it cannot be read to the end' }];
  } finally {
    db.close();
  }
}

function checkPages(db: Database.Database): ScanFinding[] {
  const rows = db.pragma('quick_check(1)') as { quick_check: string }[];
  return rows.filter((row) => row.quick_check !== 'ok').map((row) => ({ code: 'integrity', detail: row.quick_check }));
}
