import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadKeyFile } from './keyFile.ts';
import type { DatabaseAddress } from './postgres/address.ts';
import { openPostgresStore } from './postgres/store.ts';
import { openSqliteStore } from './sqlite/store.ts';
import { StoreOpenError } from './storeOpenError.ts';
import type { CentreStore } from './types.ts';

/** Where the data of a centre are. */
export interface CentreData {
  /** Holds the key and the images; without `database` the ops as well, in a SQLite file. */
  dataDir: string;
  /** A PostgreSQL that holds the ops (docs/adr/0043). */
  database?: DatabaseAddress | undefined;
}

export interface StoreOptions {
  /** How long to wait for another process that writes, ms; the whole process waits. */
  busyTimeoutMs?: number | undefined;
  /** Whoever opens it is the one that serves from it. */
  isStart?: boolean;
  /** Whether a thread of its own does the checkpoints of a SQLite file. */
  checkpointsAside?: boolean | undefined;
  /** The disk of the SQLite file takes no more. */
  onFullDisk?: (() => void) | undefined;
  /** Told what an operator should change about the database. */
  onWarning?: ((warning: string) => void) | undefined;
}

/** Holds the device id of a centre whose ops lie on a server. */
export const POSTGRES_MARK = 'centre.postgres';

/** @throws KeyFileError, StoreOpenError, MigrationError */
export function openStore(
  { dataDir, database }: CentreData,
  { busyTimeoutMs, onWarning, ...others }: StoreOptions = {},
): CentreStore {
  const mark = join(dataDir, POSTGRES_MARK);
  if (!database) {
    // An empty file beside a full server would take codes and staff that no terminal ever sees.
    if (existsSync(mark))
      throw new StoreOpenError(`${dataDir}: this centre is on PostgreSQL; say which: --database-url`);
    return openSqliteStore(dataDir, busyTimeoutMs, others);
  }
  if (existsSync(join(dataDir, 'centre.db'))) throw new StoreOpenError(`${dataDir}: this centre is on SQLite`);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  // A new key beside images that another one sealed would only hide that the right one is gone.
  loadKeyFile(dataDir, !existsSync(join(dataDir, 'blobs')));
  const store = openPostgresStore(database, busyTimeoutMs, onWarning);
  try {
    assertSameCentre(mark, store.self.device);
    if (others.isStart) store.rememberDevices();
    return store;
  } catch (error) {
    store.close();
    throw error;
  }
}

/** The folder has the images of the ops in the database, and of no other. */
function assertSameCentre(mark: string, device: string): void {
  if (!existsSync(mark)) writeFileSync(mark, `${device}\n`, { mode: 0o600 });
  if (readFileSync(mark, 'utf8').trim() !== device) {
    throw new StoreOpenError(`${mark}: the folder belongs to another centre than the database`);
  }
}
