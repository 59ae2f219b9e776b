import type Database from 'better-sqlite3';
import { blobToUuid } from './ids.ts';

/**
 * Calls at this window that died with the hub which decided them: everybody else has gone on without (docs/adr/0064).
 * @returns ids of their tickets
 */
export function lostCallsAt(db: Database.Database, terminal: string): string[] {
  const ids = db
    .prepare(`
      SELECT stream_id FROM lone_op CROSS JOIN op USING (ord)
      WHERE yields = 1 AND kind = 'ticket.called' AND json_extract(body, '$.terminal') = ?`)
    .pluck()
    .all(terminal) as Uint8Array[];
  return ids.map(blobToUuid);
}
