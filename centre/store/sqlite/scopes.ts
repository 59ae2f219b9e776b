import type { PageLimit, ReaderPage, ScopePage, ScopeStore } from '../scopeTypes.ts';
import type { SqlDatabase } from '../sqlDatabase.ts';
import { blobToHash, uuidToBlob } from './blobs.ts';
import { COMPACT_SQL, SCOPE_SQL } from './scopeSql.ts';
import { thatFit } from './thatFit.ts';

interface Head {
  id: number;
  hall: string;
  head: number;
  floor: number;
}

type Row = ScopePage['rows'][number];
type ReaderRow = { pos: number; envelope: string | null; epoch: number; seq: number; hash: Buffer };
type HashRow = { pos: number; hash: Buffer };

/** Scopes as they are read: page by page, as digests, and without what is long over. */
export function prepareScopes(db: SqlDatabase): ScopeStore {
  const headOf = db.prepare<[string], Head>(SCOPE_SQL.scopeHead);
  const readScope = db.prepare<[number, number, number], Row>(SCOPE_SQL.readScope);
  const readScopeFor = db.prepare<[Buffer, number, number, number], ReaderRow>(SCOPE_SQL.readScopeFor);
  const readKept = db.prepare<[number, number, number, number], Row>(SCOPE_SQL.readKept);
  const hashes = db.prepare<[number, number, number, number], HashRow>(SCOPE_SQL.hashes);
  const keptHashes = db.prepare<[number, number, number, number], HashRow>(SCOPE_SQL.keptHashes);
  const setFloor = db.prepare(SCOPE_SQL.setFloor);
  const leaveOut = db.prepare(SCOPE_SQL.leaveOut);
  const firstSince = db.prepare<[number, number], { pos: number | null }>(COMPACT_SQL.firstSince);
  const placesOfKind = db.prepare<[number, string], { pos: number; stream: string }>(COMPACT_SQL.placesOfKind);

  // Head and rows of one moment.
  const readPage = db.transaction((scope: string, after: number, limit: PageLimit, upTo?: number): ScopePage => {
    const at = headOf.get(scope);
    if (!at) return { rows: [], head: 0, floor: 0 };
    const rows =
      upTo === undefined
        ? readScope.iterate(at.id, after, limit.rows)
        : readKept.iterate(at.id, after, upTo, limit.rows);
    return { rows: thatFit(rows, limit.bytes, bytesOf), head: at.head, floor: at.floor };
  });

  const readPageFor = db.transaction((reader: string, scope: string, after: number, limit: PageLimit): ReaderPage => {
    const at = headOf.get(scope);
    if (!at) return { rows: [], head: 0, floor: 0 };
    const found = thatFit(readScopeFor.iterate(uuidToBlob(reader), at.id, after, limit.rows), limit.bytes, bytesOf);
    const rows = found.map(({ pos, envelope, epoch, seq, hash }) =>
      envelope === null ? { pos, own: { epoch, seq, hash: blobToHash(hash) } } : { pos, envelope },
    );
    return { rows, head: at.head, floor: at.floor };
  });

  const compact = db.transaction((scope: string, floor: number, leftOut: readonly number[]) => {
    const at = headOf.get(scope);
    if (!at) return;
    setFloor.run(floor, at.id, floor);
    for (const pos of leftOut) leaveOut.run(at.id, pos);
  });

  return {
    readScope: async (scope, after, limit) => readPage(scope, after, limit),
    readScopeFor: async (reader, scope, after, limit) => readPageFor(reader, scope, after, limit),
    readSnapshot: async (scope, after, head, limit) => readPage(scope, after, limit, head),
    scopeHashes(scope, { after, upTo, kept }, limit) {
      const at = headOf.get(scope);
      const rows = at ? (kept ? keptHashes : hashes).all(at.id, after, upTo, limit) : [];
      return rows.map(({ pos, hash }) => ({ pos, hash: blobToHash(hash) }));
    },
    scopeHeads: async (scopes) => scopes.map((scope) => ({ scope, head: headOf.get(scope)?.head ?? 0 })),
    hallOfScope: async (scope) => headOf.get(scope)?.hall ?? null,
    streamsBefore(scope, kind, before) {
      const at = headOf.get(scope);
      if (!at) return { floor: 0, places: [] };
      const floor = (firstSince.get(at.id, before)?.pos ?? at.head + 1) - 1;
      const all = placesOfKind.all(at.id, `${kind}:%`);
      const later = new Set(all.filter(({ pos }) => pos > floor).map(({ stream }) => stream));
      return { floor, places: all.filter(({ stream }) => !later.has(stream)) };
    },
    compactScope: (scope, floor, leftOut) => compact.immediate(scope, floor, leftOut),
  };
}

function bytesOf({ envelope }: { envelope: string | null }): number {
  return envelope?.length ?? 0;
}
