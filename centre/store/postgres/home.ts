import type { SqlDatabase } from '../sqlDatabase.ts';

/** Tables that were put back have another number; a server put back from its archive has another timeline. */
const HERE = `(SELECT system_identifier FROM pg_control_system()) || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8)
  || '/' || 'op'::regclass::oid`;

/**
 * Finds data that were put in place of others, as the SQLite store does: what they lack of the centre's own ops may be known
 * to terminals, so they go on in a new epoch. To be called before the store reads which epoch it has.
 * @param above every epoch that was begun before, also by data of which nothing is left
 */
export function leaveOldHome(db: SqlDatabase, above: number): void {
  db.prepare(`UPDATE centre SET epoch = greatest(epoch, ?) + 1, home = ${HERE} WHERE home <> ${HERE}`).run(above);
}

/** The first time, when there is a centre. */
export function noteHome(db: SqlDatabase): void {
  db.prepare(`UPDATE centre SET home = ${HERE} WHERE home IS NULL`).run();
}
