import type Database from 'better-sqlite3';
import { isHallStream } from '../domain/hall/reduceHall.ts';
import { caseOf, type Op } from '../domain/ledger/op.ts';
import { type Entity, ReduceError, reduce } from '../domain/ledger/reduce.ts';
import { blobToUuid, uuidToBlob } from './ids.ts';
import { applyInTurn } from './inTurn.ts';
import { type OpRow, opFromRow } from './opRow.ts';
import type { OpSource } from './opSource.ts';
import type { Projector } from './project.ts';
import { preparePruned } from './pruned.ts';

export type Stream = Pick<OpRow, 'stream_kind' | 'stream_id'>;

/** From the few marks to their ops: the other way round every start would read the log. */
export const UNREAD_OPS = 'SELECT op.* FROM unread_op CROSS JOIN op USING (ord) ORDER BY ord';

/**
 * Ops that stand in the log and do not count: refused ones, those that contradict what is known here, and those of a newer
 * program. Each may come to count later, or another may cease to.
 */
export class SetAside {
  readonly #db: Database.Database;
  readonly #projector: Projector;
  readonly #device: Uint8Array;
  readonly #ownId: string;
  readonly #ownWaiting: Database.Statement;
  readonly #noteUnread: Database.Statement;
  readonly #mark: Database.Statement;

  constructor(db: Database.Database, projector: Projector, device: string) {
    this.#db = db;
    this.#projector = projector;
    this.#ownId = device;
    this.#device = uuidToBlob(device);
    this.#ownWaiting = db.prepare(`
      SELECT 1 FROM op WHERE stream_kind = ? AND stream_id = ? AND device = ? AND applied = 0
        AND NOT EXISTS (SELECT 1 FROM op_result WHERE outcome = 'rejected' AND epoch = op.epoch AND seq = op.seq)
      LIMIT 1`);
    this.#noteUnread = db.prepare('INSERT INTO unread_op (ord) VALUES (?)');
    this.#mark = db.prepare('UPDATE op SET applied = ? WHERE ord = ?');
  }

  /** An op of a newer program: nobody can tell here what it means. @param ord its place in the log */
  noteUnread(ord: number): void {
    this.#noteUnread.run(ord);
  }

  /**
   * Own ops that whoever decides has refused do not count here either: their streams are built anew without them, and what
   * had to be set aside because of them is applied. A case whose acceptance itself was refused stays to be seen: its
   * receipt is in the applicant's hand. Part of the surrounding transaction.
   * @param refused sequence numbers in `epoch`
   */
  yieldTo(epoch: number, refused: readonly number[]): void {
    const find = this.#db.prepare(
      'SELECT stream_kind, stream_id, base_ver FROM op WHERE device = ? AND epoch = ? AND seq = ?',
    );
    const streams = new Map<string, Stream>();
    for (const seq of refused) {
      const row = find.get(this.#device, epoch, seq) as (Stream & Pick<OpRow, 'base_ver'>) | undefined;
      if (row && doesYield(row)) streams.set(Buffer.from(row.stream_id).toString('hex'), row);
    }
    for (const stream of streams.values()) this.rebuild(stream);
  }

  /** What was done here after an op that has come may have had to wait for it. Part of the surrounding transaction. */
  followOwn(streamKind: string, id: string): void {
    const stream = { stream_kind: streamKind, stream_id: uuidToBlob(id) };
    if (this.#ownWaiting.get(streamKind, stream.stream_id, this.#device)) this.rebuild(stream);
  }

  /**
   * Goes over what an older program had to set aside: ops that are understood now are applied, with all that waited behind
   * them, a transaction for each stream. What is still not understood stays, and with it what is behind it.
   * @param transact runs its work in one durable transaction
   * @returns streams that changed
   */
  judgeAgain(understands: (op: Op) => boolean, transact: (work: () => void) => void): string[] {
    const unread = this.#db.prepare(UNREAD_OPS).all() as OpRow[];
    const isPruned = preparePruned(this.#db);
    const read = unread.filter((row) => isPruned(row.stream_id) || understands(opFromRow(row)));
    if (read.length === 0) return [];
    const isOut = new Set(unread.map(({ ord }) => ord));
    const forget = this.#db.prepare('DELETE FROM unread_op WHERE ord = ?');
    const waiting = this.#readWaiting();
    const changed = new Set<string>();
    for (const [stream, rows] of groupByStream(read)) {
      transact(() => {
        for (const { ord } of rows) {
          forget.run(ord);
          isOut.delete(ord);
        }
        const [first] = rows;
        if (!first || isPruned(first.stream_id)) return;
        const behind = (waiting.get(stream) ?? []).filter(({ ord }) => !isOut.has(ord));
        for (const each of this.#applyWaiting(behind)) changed.add(each);
      });
    }
    return [...changed];
  }

  /** One look through the log for all streams: it has no index by stream. */
  #readWaiting(): Map<string, OpRow[]> {
    const rows = this.#db
      .prepare(`
        SELECT * FROM op WHERE applied = 0 AND stream_id IN (SELECT stream_id FROM unread_op CROSS JOIN op USING (ord))
          AND NOT (device = ? AND EXISTS (
            SELECT 1 FROM op_result WHERE outcome = 'rejected' AND epoch = op.epoch AND seq = op.seq))
        ORDER BY ord`)
      .all(this.#device) as OpRow[];
    return groupByStream(rows);
  }

  /** @param rows of one stream, on top of what counts already @returns what changed */
  #applyWaiting(rows: readonly OpRow[]): string[] {
    const changed: string[] = [];
    applyInTurn(rows, (row) => {
      const op = opFromRow(row);
      const next = tryReduce(this.#projector.read(row.stream_kind, blobToUuid(row.stream_id)), op);
      if (next === null || !this.#tryWrite(row.ord, op, next)) return false;
      changed.push(op.stream, ...[caseOf(op)].filter((about) => about !== null));
      return true;
    });
    return changed;
  }

  /** @returns false: something else has its place here, such as a case of the same number; it stays set aside then */
  #tryWrite(ord: number, op: Op, next: Entity): boolean {
    try {
      this.#db.transaction(() => {
        this.#mark.run(1, ord);
        this.#projector.writeEffect(op, next, { ord, own: op.device === this.#ownId ? op : null });
      })();
      return true;
    } catch (error) {
      if (isConstraint(error)) return false;
      throw error;
    }
  }

  /** A stream from the beginning, without what does not count. Part of the surrounding transaction. */
  rebuild(stream: Stream): void {
    const { stream_kind: kind, stream_id: id } = stream;
    let entity: Entity | null = null;
    let source: OpSource = { ord: 0, own: null };
    const waiting = applyInTurn(this.#rowsOf(stream), (row) => {
      const op = opFromRow(row);
      const next: Entity | null = row.out ? null : tryReduce(entity, op);
      if (next === null) return false;
      this.#mark.run(1, row.ord);
      entity = next;
      const own = op.device === this.#ownId ? op : null;
      source = { ord: next.record.version === 1 ? row.ord : source.ord, own: own ?? source.own };
      return true;
    });
    for (const { ord } of waiting) this.#mark.run(0, ord);
    this.#projector.rewrite(kind, blobToUuid(id), entity, source);
  }

  /** In the order of arrival. `out`: refused, not understood, or given up for what the centre has. */
  #rowsOf({ stream_kind: kind, stream_id: id }: Stream): (OpRow & { out: 0 | 1 })[] {
    return this.#db
      .prepare(`
        SELECT op.*, EXISTS (
          SELECT 1 FROM op_result WHERE outcome = 'rejected' AND op.device = ? AND epoch = op.epoch AND seq = op.seq
        ) OR EXISTS (SELECT 1 FROM unread_op WHERE unread_op.ord = op.ord)
          OR EXISTS (SELECT 1 FROM lone_op WHERE lone_op.ord = op.ord AND yields = 1) AS out
        FROM op WHERE stream_kind = ? AND stream_id = ? ORDER BY ord`)
      .all(this.#device, kind, id) as (OpRow & { out: 0 | 1 })[];
  }
}

function groupByStream(rows: readonly OpRow[]): Map<string, OpRow[]> {
  const streams = new Map<string, OpRow[]>();
  for (const row of rows) {
    const stream = `${row.stream_kind}:${Buffer.from(row.stream_id).toString('hex')}`;
    const known = streams.get(stream);
    if (known) known.push(row);
    else streams.set(stream, [row]);
  }
  return streams;
}

/** Whose stream may be built anew without it: the queue of the hall as a whole; of a case and a page all but the first op. */
export function doesYield({ stream_kind: kind, base_ver: base }: Pick<OpRow, 'stream_kind' | 'base_ver'>): boolean {
  return isHallStream(kind) || kind === 'return' || ((kind === 'case' || kind === 'scan') && base > 0);
}

function isConstraint(error: unknown): boolean {
  return /^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)$/.test(String((error as { code?: unknown }).code));
}

function tryReduce(entity: Entity | null, op: Op): Entity | null {
  try {
    return reduce(entity, op);
  } catch (error) {
    if (error instanceof ReduceError) return null;
    throw error;
  }
}
