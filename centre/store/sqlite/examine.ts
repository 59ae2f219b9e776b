import { existsSync } from 'node:fs';
import path from 'node:path';
import type Database from 'better-sqlite3';
import { examineFile } from '../../../disk/examine.ts';
import { quarantine, readDamage } from '../../../disk/quarantine.ts';
import { prepareWalState } from '../../../disk/walState.ts';
import type { Testimony } from '../../../disk/witness.ts';
import { loadKeyFile } from '../keyFile.ts';
import { StoreOpenError } from '../storeOpenError.ts';
import { blobToUuid } from './blobs.ts';
import { openEncryptedToRead } from './open.ts';

const DATABASE_FILE = 'centre.db';

/** @returns how far the log of an open centre is, for its witness; asked after every commit */
export function prepareTestimony(db: Database.Database, dataDir: string): () => Testimony {
  const self = db.prepare<[], { device: Buffer }>('SELECT device FROM centre').get();
  const of = self ? blobToUuid(self.device) : '';
  const newest = db.prepare<[], { id: number; hash: Buffer }>('SELECT id, hash FROM op ORDER BY id DESC LIMIT 1');
  const readWal = prepareWalState(db, path.join(dataDir, DATABASE_FILE));
  return () => {
    const last = newest.get();
    return { of, head: last ? `${last.id}/${last.hash.toString('hex')}` : '0/', wal: readWal() };
  };
}

/**
 * Before a centre's database is opened for writing.
 * @param isStart the one that serves from it is about to start: every page of a small file is read, and what is damaged is
 * moved to quarantine. Else nobody but the one that serves may do that, and it is only refused.
 * @throws StoreOpenError when it is damaged
 */
export function refuseDamaged(dataDir: string, isStart: boolean): void {
  const file = path.join(dataDir, DATABASE_FILE);
  const known = readDamage(dataDir);
  // It was being made when the power failed: nothing was told of it yet, and whoever only reads cannot undo the half of it.
  if (!known && existsSync(`${file}-journal`) && !existsSync(`${file}-wal`)) return;
  if (!known && !existsSync(path.join(dataDir, 'centre.key'))) return;
  const keyHex = loadKeyFile(dataDir, false);
  const found =
    known?.found ??
    examineFile({
      ...{ file, keyHex },
      open: () => openEncryptedToRead(file, keyHex),
      compare: findLoss,
      pages: isStart ? 'small' : 'never',
    });
  if (found === null) return;
  const place = isStart ? quarantine(dataDir, DATABASE_FILE, found, Date.now()).quarantine : known?.quarantine;
  throw new StoreOpenError(
    `${DATABASE_FILE} is damaged: ${found}. ` +
      (place ? `It is in ${place}, whole; put a backup in its place: yichuang restore --centre.` : ''),
  );
}

function findLoss(db: Database.Database, said: Testimony): string | null {
  const hasTables = db.prepare("SELECT count(*) FROM sqlite_schema WHERE name IN ('centre', 'op')").pluck().get() === 2;
  if (!hasTables) return 'it is empty';
  const [id = '0', hash = ''] = said.head.split('/');
  if (id === '0') return null;
  const found = db.prepare('SELECT lower(hex(hash)) FROM op WHERE id = ?').pluck().get(Number(id));
  return found === hash ? null : `records are missing: it does not reach ${id}`;
}
