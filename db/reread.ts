import type Database from 'better-sqlite3';
import { SHORT_LIVED_STREAMS } from '../domain/ledger/compaction.ts';
import type { Op } from '../domain/ledger/op.ts';
import { CATALOG_SCOPE } from '../domain/ledger/published.ts';
import { type AskableOp, askable, Doubts } from './doubts.ts';
import { blobToUuid, uuidToBlob } from './ids.ts';
import type { OpRow } from './opRow.ts';
import { doesYield, type Stream } from './setAside.ts';

/** Whose an op is, and its number; nothing of what it says. */
export interface LoneOp {
  device: string;
  epoch: number;
  seq: number;
  kind: string;
}

/** What the centre says of a row of another machine: it has refused it, has it not, or has it. */
export interface ToldOp {
  /** Its place in the log here. */
  ord: number;
  became: 'refused' | 'lost' | 'there';
}

interface LoneRow extends Stream, Pick<OpRow, 'ord' | 'base_ver'> {
  yields: 0 | 1;
}

/**
 * A scope that is read anew from its beginning, because what was taken of it is not what the centre has. Rows of other machines
 * that are not met again then are here alone (`lone_op`): the centre has lost them, and who wrote them has not sent them again.
 * None is removed, since it may be the only copy. Where the centre has gone on in a stream without them, they do not count any
 * more, so that the stream stands as at the centre; everywhere else they stay to be seen. They are counted, and people are told.
 * One that was sent again and the centre refused is lone no more: it does not count here either, as with whoever wrote it.
 */
export class Reread {
  /** What may be lost as well. */
  readonly doubts: Doubts;
  readonly #db: Database.Database;
  readonly #device: Uint8Array;
  readonly #rebuild: (stream: Stream) => void;
  readonly #underWay: Database.Statement;
  readonly #count: Database.Statement;
  readonly #isAny: Database.Statement;
  readonly #addLone: Database.Statement;
  readonly #forgetLone: Database.Statement;
  readonly #noteRefused: Database.Statement;
  readonly #findMarked: Database.Statement;
  readonly #isOvertaken: Database.Statement;

  /** @param rebuild builds a stream anew from what counts of it */
  constructor(db: Database.Database, device: string, rebuild: (stream: Stream) => void) {
    this.#db = db;
    this.doubts = new Doubts(db, device);
    this.#device = uuidToBlob(device);
    this.#rebuild = rebuild;
    this.#underWay = db.prepare('SELECT 1 FROM reread');
    this.#count = db.prepare('SELECT count(*) FROM lone_op WHERE refused IS NULL').pluck();
    this.#isAny = db.prepare('SELECT 1 FROM lone_op');
    this.#addLone = db.prepare('INSERT OR IGNORE INTO lone_op (ord, yields) VALUES (?, 0)');
    this.#forgetLone = db.prepare('DELETE FROM lone_op WHERE ord = ?');
    this.#noteRefused = db.prepare('UPDATE lone_op SET refused = 1, yields = ? WHERE ord = ?');
    this.#findMarked = db.prepare(`
      SELECT op.ord, stream_kind, stream_id, base_ver, yields FROM lone_op CROSS JOIN op USING (ord)
      WHERE op.ord = ? AND refused IS NULL`);
    this.#isOvertaken = db.prepare(`
      SELECT 1 FROM op WHERE stream_kind = @stream_kind AND stream_id = @stream_id AND applied = 0 AND device <> @self
        AND base_ver <= @base_ver AND ord NOT IN (SELECT ord FROM lone_op) AND ord NOT IN (SELECT ord FROM unread_op)`);
  }

  /** From now on what is met again is noted. Part of the surrounding transaction. */
  begin(scope: string): void {
    this.#db.prepare('INSERT OR REPLACE INTO reread (scope, is_whole) VALUES (?, 1)').run(scope);
    this.#forgetMet(scope);
  }

  /** The past of the scope comes as a snapshot, without what is long over. */
  noteSnapshot(scope: string): void {
    this.#db.prepare('UPDATE reread SET is_whole = 0 WHERE scope = ?').run(scope);
  }

  /** Rows were taken of some scope. Part of the surrounding transaction. */
  noteMet(ops: readonly Op[]): void {
    if (this.isUnderWay()) {
      const meet = this.#db.prepare(`
        INSERT OR IGNORE INTO reread_met (ord) SELECT ord FROM op
        WHERE device = ? AND epoch = ? AND seq = ? AND hash = ?`);
      for (const { device, epoch, seq, hash } of ops)
        meet.run(uuidToBlob(device), epoch, seq, Buffer.from(hash, 'hex'));
    }
    if (this.#isAny.get() === undefined) return;
    for (const op of ops) this.#welcome(op);
    for (const op of ops) this.#yieldTo(op);
  }

  /**
   * What is here now is what the centre has, but for what is here alone. Part of the surrounding transaction.
   * @returns what that is, and of which streams: they may stand otherwise now
   */
  end(scope: string): (LoneOp & { stream: string })[] {
    const reread = this.#db.prepare('SELECT is_whole FROM reread WHERE scope = ?').get(scope) as
      | { is_whole: 0 | 1 }
      | undefined;
    if (!reread) return [];
    const lone = this.#findLone(scope, reread.is_whole === 1);
    for (const { ord } of lone) this.#addLone.run(ord);
    // It may have forgotten what it had refused.
    this.#db.prepare('UPDATE lone_op SET refused = NULL').run();
    this.#yieldAll();
    this.#db.prepare('DELETE FROM reread WHERE scope = ?').run(scope);
    this.#forgetMet(scope);
    return lone.map(({ device, epoch, seq, kind, stream_kind: streamKind, stream_id: id }) => ({
      ...{ device: blobToUuid(device), epoch, seq, kind },
      stream: `${streamKind}:${blobToUuid(id)}`,
    }));
  }

  /** Whether some scope is being read anew. */
  isUnderWay(): boolean {
    return this.#underWay.get() !== undefined;
  }

  /** Rows that are here alone, and of which the centre has not said that it refused them. */
  count(): number {
    return this.#count.get() as number;
  }

  /** Whether the row at this place in the log is one of them. */
  isLone(ord: number): boolean {
    return this.#findMarked.get(ord) !== undefined;
  }

  /** The same after a place in the log, at most `limit`. */
  untold(after: number, limit: number): AskableOp[] {
    const rows = this.#db
      .prepare(`
        SELECT op.* FROM lone_op CROSS JOIN op USING (ord) WHERE refused IS NULL AND ord > ? ORDER BY ord LIMIT ?`)
      .all(after, limit) as OpRow[];
    return rows.map(askable);
  }

  /**
   * Version of a stream without those of its rows that are here alone and count; 0: nothing of it would be left. Null: none is.
   */
  versionAtCentre(stream: string): number | null {
    return this.#db
      .prepare(`
        SELECT min(base_ver) FROM lone_op CROSS JOIN op USING (ord)
        WHERE yields = 0 AND refused IS NULL AND applied = 1 AND stream_id = ?`)
      .pluck()
      .get(uuidToBlob(stream.slice(stream.indexOf(':') + 1))) as number | null;
  }

  /**
   * What the centre says of rows that are here alone, or that may be. One that it refused when it was sent again never took
   * effect there; one that it has counts here as well. Part of the surrounding transaction.
   * @returns streams that changed
   */
  noteTold(told: readonly ToldOp[]): string[] {
    const changed = new Set<string>();
    for (const { ord, became } of told) {
      this.doubts.settle(ord);
      if (became !== 'there') this.#addLone.run(ord);
    }
    for (const { ord, became } of told) {
      const row = this.#findMarked.get(ord) as LoneRow | undefined;
      if (row && this.#noteBecame(row, became)) changed.add(`${row.stream_kind}:${blobToUuid(row.stream_id)}`);
    }
    return [...changed];
  }

  /** @returns whether its stream stands otherwise now */
  #noteBecame(row: LoneRow, became: ToldOp['became']): boolean {
    if (became === 'lost')
      return this.#isOvertaken.get({ ...row, self: this.#device }) !== undefined && this.#yieldIn(row);
    if (became === 'there') this.#forgetLone.run(row.ord);
    const yields = became === 'refused' && (row.yields === 1 || doesYield(row));
    if (became === 'refused') this.#noteRefused.run(Number(yields), row.ord);
    if (yields === (row.yields === 1)) return false;
    this.#rebuild(row);
    return true;
  }

  /** By number or by name: who wrote it may send it again in a new epoch. Own ops are settled at the first exchange. */
  #findLone(scope: string, isWhole: boolean): OpRow[] {
    const left = isWhole ? [] : SHORT_LIVED_STREAMS;
    return this.#db
      .prepare(`
        SELECT * FROM op
        WHERE device <> ? AND applied = 1 AND ${inScope(scope)} AND ord NOT IN (SELECT ord FROM reread_met)
          AND op_id NOT IN (SELECT op_id FROM op JOIN reread_met USING (ord))
          AND stream_kind NOT IN (${left.map(() => '?').join(', ')})
          AND stream_id NOT IN (SELECT stream_id FROM pruned_stream)`)
      .all(this.#device, ...left) as OpRow[];
  }

  /** Where what was met again does not fit to what is here alone, the centre has gone on without that. */
  #yieldAll(): void {
    const met = this.#db
      .prepare(`
        SELECT DISTINCT stream_kind, stream_id FROM op JOIN reread_met USING (ord)
        WHERE applied = 0 AND stream_id IN (SELECT stream_id FROM lone_op CROSS JOIN op USING (ord))`)
      .all() as Stream[];
    for (const stream of met) this.#yieldIn(stream);
  }

  /** As `#yieldAll`, when an op has come. */
  #yieldTo({ device, epoch, seq }: Op): void {
    const row = this.#db
      .prepare('SELECT stream_kind, stream_id FROM op WHERE device = ? AND epoch = ? AND seq = ? AND applied = 0')
      .get(uuidToBlob(device), epoch, seq) as Stream | undefined;
    if (row) this.#yieldIn(row);
  }

  /** @returns whether it stands otherwise now */
  #yieldIn(stream: Stream): boolean {
    const lone = this.#db
      .prepare(`
        SELECT op.ord, stream_kind, stream_id, base_ver, yields FROM lone_op CROSS JOIN op USING (ord)
        WHERE yields = 0 AND stream_kind = ? AND stream_id = ?`)
      .all(stream.stream_kind, stream.stream_id) as LoneRow[];
    const yielding = lone.filter(doesYield);
    for (const { ord } of yielding) this.#db.prepare('UPDATE lone_op SET yields = 1 WHERE ord = ?').run(ord);
    if (yielding.length > 0) this.#rebuild(stream);
    return yielding.length > 0;
  }

  /** The centre has it again. */
  #welcome({ device, epoch, seq, hash, op_id: id }: Op): void {
    const found = this.#db
      .prepare(`
        SELECT op.ord, stream_kind, stream_id, yields FROM lone_op CROSS JOIN op USING (ord)
        WHERE op_id = ? OR (device = ? AND epoch = ? AND seq = ? AND hash = ?)`)
      .all(uuidToBlob(id), uuidToBlob(device), epoch, seq, Buffer.from(hash, 'hex')) as LoneRow[];
    for (const row of found) {
      this.#forgetLone.run(row.ord);
      if (row.yields === 1) this.#rebuild(row);
    }
  }

  #forgetMet(scope: string): void {
    this.#db.prepare(`DELETE FROM reread_met WHERE ord IN (SELECT ord FROM op WHERE ${inScope(scope)})`).run();
  }
}

/** Two scopes are read: what is published to every hall, and the hall. */
function inScope(scope: string): string {
  return `stream_kind ${scope === CATALOG_SCOPE ? 'IN' : 'NOT IN'} ('catalogue', 'calendar')`;
}
