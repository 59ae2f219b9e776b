import type Database from 'better-sqlite3';

/** @returns tells whether the content of a stream was removed here for good (db/retention.ts) */
export function preparePruned(db: Database.Database): (streamId: Uint8Array) => boolean {
  const find = db.prepare<[Uint8Array]>('SELECT 1 FROM pruned_stream WHERE stream_id = ?');
  return (streamId) => find.get(streamId) !== undefined;
}
