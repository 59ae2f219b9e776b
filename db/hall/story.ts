import type Database from 'better-sqlite3';
import type { Op } from '../../domain/ledger/op.ts';
import { uuidToBlob } from '../ids.ts';
import { type OpRow, opFromRow } from '../opRow.ts';

/** As many ops of the log as are looked through at once. */
const STRIDE = 5_000;

/**
 * Everything that happened to one ticket, in the order of arrival here. There is no index by stream (an index costs every
 * save a page): the log is read backwards from its end to the op that began the ticket, and a ticket lives one day.
 * @param id of the ticket
 */
export function storyOf(db: Database.Database, id: string): Op[] {
  const page = db.prepare(
    "SELECT * FROM op WHERE ord <= @to AND ord > @from AND stream_kind = 'ticket' AND stream_id = @id ORDER BY ord DESC",
  );
  const found: OpRow[] = [];
  let to = (db.prepare('SELECT max(ord) FROM op').pluck().get() as number | null) ?? 0;
  while (to > 0) {
    const rows = page.all({ to, from: to - STRIDE, id: uuidToBlob(id) }) as OpRow[];
    found.push(...rows.filter(({ applied }) => applied === 1));
    if (found.at(-1)?.kind === 'ticket.taken') break;
    to -= STRIDE;
  }
  return found.reverse().map(opFromRow);
}
