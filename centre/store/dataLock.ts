import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

export class DataInUseError extends Error {
  override name = 'DataInUseError';
}

/**
 * One serving program on one data folder, as on a terminal (docs/adr/0015): a second would sweep away what the first is
 * still writing of an image, and give the same numbers. Commands beside a running centre do not ask for it. Held by the
 * operating system, so that a crash leaves nothing behind.
 * @throws DataInUseError
 */
export function lockData(dataDir: string): { release(): void } {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const db = new Database(join(dataDir, 'in-use'), { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    throw new DataInUseError(`in-use: another program serves ${dataDir}`, { cause: error });
  }
  return { release: () => db.close() };
}
