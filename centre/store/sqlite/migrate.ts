import type Database from 'better-sqlite3';
import { MIGRATIONS } from './migrations/index.ts';
import type { Migration } from './migrations/types.ts';

export class MigrationError extends Error {
  override name = 'MigrationError';
}

/**
 * Brings a database to the newest version, forward only; `user_version` is the number of the last migration. Each runs
 * in a transaction of its own, so a power cut leaves a version, never half of one.
 * @throws MigrationError when the file was written by a newer program
 */
export function migrate(db: Database.Database, migrations: readonly Migration[] = MIGRATIONS): void {
  const newest = migrations.at(-1)?.number ?? 0;
  const found = versionOf(db);
  if (found > newest) throw new MigrationError(`the database is at version ${found}, this program knows ${newest}`);
  if (found === newest) return;
  for (const { number, sql } of migrations) {
    db.transaction(() => {
      // Asked again under the lock: another process may have come first.
      if (versionOf(db) >= number) return;
      db.exec(sql);
      db.pragma(`user_version=${number}`);
    }).immediate();
  }
}

export function versionOf(db: Database.Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}
