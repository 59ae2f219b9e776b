import type Database from 'better-sqlite3';
import { loadKeyFile } from '../store/keyFile.ts';
import { blobToUuid } from '../store/sqlite/blobs.ts';
import { openEncryptedToRead, openToRead } from '../store/sqlite/open.ts';
import { RELAY_SQL } from '../store/sqlite/relaySql.ts';
import { StoreOpenError } from '../store/storeOpenError.ts';

export interface CentreCopyRequest {
  dataDir: string;
  /** Where the copy goes, which must not be there yet. */
  to: string;
}

/** What a copy of a centre's database holds, read from the copy itself. */
export interface CentreFacts {
  /** Of the centre. */
  device: string;
  epoch: number;
  ops: number;
  /** Position and chain hash of the last op of the log, `id/hash`; null when there is none. */
  head: string | null;
}

/**
 * A consistent copy of a centre's database, running or not, encrypted like it, and looked over: `VACUUM INTO` reads one
 * moment, waits for no writer and lets none wait.
 * @throws StoreOpenError, KeyFileError, SqliteError, or Error naming what is wrong with the copy
 */
export function copyCentre({ dataDir, to }: CentreCopyRequest): CentreFacts {
  const live = openToRead(dataDir);
  let before: CentreFacts;
  try {
    refuseHub(live);
    before = readFacts(live);
    live.prepare('VACUUM INTO ?').run(to);
  } finally {
    live.close();
  }
  const facts = inspectCentre(to, loadKeyFile(dataDir, false));
  if (facts.ops < before.ops) throw new Error('the copy does not reach what was committed before it was begun');
  return facts;
}

/** @throws StoreOpenError when it is not a centre's, or not with this key; Error when a page does not fit the others */
export function inspectCentre(file: string, keyHex: string): CentreFacts {
  const db = openEncryptedToRead(file, keyHex);
  try {
    const [first] = db.pragma('integrity_check(1)') as { integrity_check: string }[];
    if (first?.integrity_check !== 'ok') throw new Error('integrity check');
    refuseHub(db);
    return readFacts(db);
  } finally {
    db.close();
  }
}

/** What a hub has said to its terminals may not be taken back by an old copy of it (docs/adr/0022). */
function refuseHub(db: Database.Database): void {
  if (db.prepare(RELAY_SQL.upstream).get() !== undefined)
    throw new StoreOpenError(
      'these are the data of a hub: it is started with an empty folder, and no copy is put back',
    );
}

function readFacts(db: Database.Database): CentreFacts {
  const self = db.prepare<[], { device: Buffer; epoch: number }>('SELECT device, epoch FROM centre').get();
  if (!self) throw new StoreOpenError('no store of a centre');
  const last = db.prepare<[], { id: number; hash: Buffer }>('SELECT id, hash FROM op ORDER BY id DESC LIMIT 1').get();
  const ops = db.prepare<[], number>('SELECT count(*) FROM op').pluck().get() ?? 0;
  const head = last ? `${last.id}/${last.hash.toString('hex')}` : null;
  return { device: blobToUuid(self.device), epoch: self.epoch, ops, head };
}
