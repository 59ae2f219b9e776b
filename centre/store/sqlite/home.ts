import { statSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';

/**
 * Finds data that were put in place of others: a copy of the file is another file. What they lack of the centre's own ops
 * may be known to terminals, so under the old numbers nothing may be written again.
 * @param beginEpoch is called before the new place is noted, so that a crash in between finds it again
 */
export function noteHome(db: Database.Database, dataDir: string, beginEpoch: () => void): void {
  const { dev, ino, birthtimeNs } = statSync(join(dataDir, 'centre.db'), { bigint: true });
  const here = `${dev}/${ino}/${birthtimeNs}`;
  const home = db.prepare('SELECT home FROM centre').pluck().get() as string | null;
  if (home === here) return;
  if (home !== null) beginEpoch();
  db.prepare('UPDATE centre SET home = ?').run(here);
}
