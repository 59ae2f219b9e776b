import type { OpEnvelope } from '../../../contract/ops.ts';
import type { SqlDatabase } from '../sqlDatabase.ts';
import type { ParkedOp } from '../types.ts';
import { blobToUuid } from './blobs.ts';
import { HALL_SQL } from './hallSql.ts';
import { SQL } from './sql.ts';

interface Row {
  id: number;
  device: Buffer;
  hall: string;
  envelope: string;
}

export interface ParkedLookups {
  /** In log order, from log position `after` on. */
  page(after: number, limit: number): ParkedOp[];
  inStream(stream: string): ParkedOp[];
  /** Log positions of parked ops that others have already. */
  published(): ReadonlySet<number>;
}

/** The ops that wait to be understood. */
export function prepareParked(db: SqlDatabase): ParkedLookups {
  const page = db.prepare<[number, number], Row>(SQL.parkedOps);
  const inStream = db.prepare<[string], Row>(SQL.parkedIn);
  const published = db.prepare<[], { op: number }>(SQL.publishedParked);
  const self = db.prepare<[], { device: Buffer }>(SQL.self);
  const terminalOf = db.prepare<[Buffer], { terminal: string }>(HALL_SQL.terminalOf);
  const readPublished = () => new Set(published.all().map(({ op }) => op));
  let publishedOfPages: ReadonlySet<number> = new Set();

  const parkedOp = (row: Row, isPublished: boolean): ParkedOp => {
    const { terminal } = terminalOf.get(row.device) ?? {};
    const author = {
      ...{ device: blobToUuid(row.device), hall: row.hall, terminal },
      centre: self.get()?.device.equals(row.device) ?? false,
    };
    return { logPosition: row.id, op: JSON.parse(row.envelope) as OpEnvelope, author, isPublished };
  };

  return {
    page(after, limit) {
      const rows = page.all(after, limit);
      // By no index: asked only when there are any, and once for all of them.
      if (after === 0) publishedOfPages = rows.length > 0 ? readPublished() : new Set();
      return rows.map((row) => parkedOp(row, publishedOfPages.has(row.id)));
    },
    inStream(stream) {
      const rows = inStream.all(stream);
      const known = rows.length > 0 ? readPublished() : new Set();
      return rows.map((row) => parkedOp(row, known.has(row.id)));
    },
    published: readPublished,
  };
}
