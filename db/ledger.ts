import type Database from 'better-sqlite3';
import { isDamageError } from '../disk/examine.ts';
import { isFullDisk } from '../disk/fullDisk.ts';
import { canonicalJson } from '../domain/ledger/canonical.ts';
import {
  type EpochBegan,
  genesisHash,
  type Op,
  type OpBodies,
  type OpDraft,
  type OpKind,
  sealOp,
  streamOf,
} from '../domain/ledger/op.ts';
import { type Entity, reduce } from '../domain/ledger/reduce.ts';
import { sha256Hex } from './digest.ts';
import { HybridClock } from './hybridClock.ts';
import { blobToUuid, uuidToBlob } from './ids.ts';
import { writeMeta } from './meta.ts';
import { type InsertOp, type OpRow, prepareInsert } from './opRow.ts';
import { OwnChain } from './ownChain.ts';
import { Projector } from './project.ts';
import { preparePruned } from './pruned.ts';
import { SetAside, type Stream } from './setAside.ts';

/** A repeated command is at most so far from the end of the log. */
const RECENT_OPS = 5000;

export interface LedgerOptions {
  device: string;
  epoch: number;
  /** Wall clock, ms. */
  now: () => number;
  /** UUIDv7. */
  newId: () => string;
  /** Right after COMMIT of each `transact`, before anybody else hears of it. */
  onCommitted?: () => void;
  /** A page is not as it was written. */
  onDamaged?: () => void;
  /** There was no room for a transaction: nothing of it is there. */
  onFullDisk?: (() => void) | undefined;
}

export interface NewOp<K extends OpKind> {
  kind: K;
  stream: string;
  actor: string;
  body: OpBodies[K];
  /** Of a command that may be given twice; absent: a new one. */
  opId?: string | undefined;
}

export interface Appended<K extends OpKind> {
  op: Op<K>;
  entity: Entity;
}

export interface EpochWays {
  above: number;
  keep?: number | undefined;
  leaveRest?: boolean;
  leftBehind?: readonly Op[] | undefined;
}

/**
 * The op log and the projections, written together (design.md §4): a change is one op and its effect in one
 * transaction, and nobody hears of it before COMMIT.
 */
export class Ledger {
  readonly device: string;
  #epoch: number;
  readonly #db: Database.Database;
  readonly #projector: Projector;
  readonly #clock: HybridClock;
  readonly #now: () => number;
  readonly #newId: () => string;
  readonly #onFullDisk: (() => void) | undefined;
  readonly #onDamaged: (() => void) | undefined;
  readonly #onCommitted: (() => void) | undefined;
  readonly #insert: InsertOp;
  readonly #known: Database.Statement;
  readonly #own: OwnChain;
  readonly #setAside: SetAside;
  readonly #isPruned: (streamId: Uint8Array) => boolean;

  constructor(db: Database.Database, { device, epoch, now, newId, onCommitted, onDamaged, onFullDisk }: LedgerOptions) {
    this.#onFullDisk = onFullDisk;
    this.#db = db;
    this.#onDamaged = onDamaged;
    this.#onCommitted = onCommitted;
    this.device = device;
    this.#epoch = epoch;
    this.#now = now;
    this.#newId = newId;
    this.#projector = new Projector(db);
    this.#setAside = new SetAside(db, this.#projector, device);
    this.#insert = prepareInsert(db);
    this.#own = new OwnChain(db, device);
    this.#known = db.prepare('SELECT 1 FROM op WHERE device = ? AND epoch = ? AND seq = ?');
    this.#isPruned = preparePruned(db);
    this.#clock = new HybridClock(now, this.#own.last(epoch)?.hlc);
  }

  /** Under which ops are written now; rises with every restore. */
  get epoch(): number {
    return this.#epoch;
  }

  /**
   * Goes on under a new epoch, so that no number of the one before is written twice (design.md §4): an op of the new chain
   * says why. Own ops after `keep` that the centre can never take under their numbers go over into the new
   * chain with the ids they have.
   * @param above every epoch known to have been used, here or elsewhere
   * @param keep last op of the present chain that stays in it; absent: all of it
   * @param leaveRest what comes after `keep` stays where it is too, behind a gap, until the centre was asked
   * @param leftBehind own ops of earlier epochs that go over with it, in the order of arrival
   */
  beginEpoch(began: Omit<EpochBegan, 'previous'>, ways: EpochWays): void {
    if (!this.#db.inTransaction) {
      this.transact(() => this.beginEpoch(began, ways));
      return;
    }
    const { above, keep, leaveRest = false, leftBehind = [] } = ways;
    const previous = { epoch: this.#epoch, seq: keep ?? this.head().seq };
    const rest = leaveRest ? [] : this.readAfter(previous.seq, Number.MAX_SAFE_INTEGER);
    this.#beginAfter(began, previous, above, [...leftBehind, ...rest]);
  }

  /**
   * As `beginEpoch`, after a salvage: what survived behind a gap in an old chain, and everything since, goes over together.
   * Nothing of the present epoch may have left this machine. Part of the surrounding transaction.
   * @param previous where the chain that all this follows is whole up to
   * @param behindGap the first op in that chain's epoch that goes over
   */
  beginEpochWith(
    began: Omit<EpochBegan, 'previous'>,
    previous: { epoch: number; seq: number },
    behindGap: number,
    above: number,
  ): void {
    const behind = this.readAfter(behindGap - 1, Number.MAX_SAFE_INTEGER, previous.epoch);
    this.#beginAfter(began, previous, above, [...behind, ...this.readAfter(0, Number.MAX_SAFE_INTEGER)]);
  }

  #beginAfter(
    began: Omit<EpochBegan, 'previous'>,
    previous: { epoch: number; seq: number },
    above: number,
    moved: readonly Op[],
  ): void {
    this.#epoch = Math.max(this.#epoch, previous.epoch, above) + 1;
    writeMeta(this.#db, 'epoch', String(this.#epoch));
    // They came before: in the order of arrival, and so in the chain.
    for (const op of moved) this.#own.move(op, this.#epoch);
    const stream = `epoch:${this.#newId()}`;
    this.append({ kind: 'epoch.began', stream, actor: 'system', body: { ...began, previous } });
  }

  /** Runs `work` in one durable transaction; whatever it throws undoes all of it. */
  transact<T>(work: () => T): T {
    let value: T;
    try {
      value = this.#db.transaction(work).immediate();
    } catch (error) {
      if (isDamageError(error)) this.#onDamaged?.();
      if (isFullDisk(error)) this.#onFullDisk?.();
      throw error;
    }
    if (!this.#db.inTransaction) this.#onCommitted?.();
    return value;
  }

  /**
   * Makes an op of this device, and applies it. Joins the surrounding `transact`, or is a transaction of its own.
   * @throws ReduceError when the op is not legal now; nothing is written then
   */
  append<K extends OpKind>(change: NewOp<K>): Appended<K> {
    if (!this.#db.inTransaction) return this.transact(() => this.append(change));
    const { kind: streamKind, id } = streamOf(change);
    const current = this.#projector.read(streamKind, id);
    const head = this.#own.last(this.#epoch);
    const draft: OpDraft<K> = {
      op_id: change.opId ?? this.#newId(),
      device: this.device,
      epoch: this.#epoch,
      seq: (head?.seq ?? 0) + 1,
      kind: change.kind,
      stream: change.stream,
      base_ver: current?.record.version ?? 0,
      actor: change.actor,
      at: new Date(this.#now()).toISOString(),
      hlc: this.#clock.next(),
      body: change.body,
    };
    const prevHash = head?.hash ?? genesisHash(this.device, this.#epoch, sha256Hex);
    const bodyText = canonicalJson(change.body);
    const op = sealOp(draft, prevHash, sha256Hex, bodyText);
    const entity = reduce(current, op);
    const ord = this.#insert(op, bodyText, true);
    this.#projector.write(entity, { ord, own: op });
    return { op, entity };
  }

  /**
   * Takes a pulled op. What is known here is passed over; what this very machine wrote and lost comes back like another's. One that contradicts what is known
   * here is kept with `applied = 0`: it must not block the rows after it. So is one that a newer
   * program made (`understood` false).
   */
  applyRemote(op: Op, understood = true): 'applied' | 'known' | 'set-aside' {
    if (this.#isKnown(op)) return 'known';
    this.#clock.observe(op.hlc);
    if (!understood) {
      this.#setAside.noteUnread(this.#insert(op, canonicalJson(op.body), false));
      return 'set-aside';
    }
    const { kind: streamKind, id } = streamOf(op);
    if (this.#isPruned(uuidToBlob(id))) {
      // Its copy here was removed for good: the op keeps its place and nothing else.
      this.#insert(op, '{}', false);
      return 'set-aside';
    }
    try {
      this.#db.transaction(() => {
        const entity = reduce(this.#projector.read(streamKind, id), op);
        const ord = this.#insert(op, canonicalJson(op.body), true);
        this.#projector.writeEffect(op, entity, { ord, own: op.device === this.device ? op : null });
        this.#setAside.followOwn(streamKind, id);
      })();
      return 'applied';
    } catch (error) {
      if (isOutOfSpace(error)) throw error;
      this.#insert(op, canonicalJson(op.body), false);
      return 'set-aside';
    }
  }

  /** Stream of an op with this id among the newest of the log, where a command that is repeated finds itself; or null. */
  findRecent(opId: string): string | null {
    const row = this.#db
      .prepare(`
        SELECT stream_kind, stream_id FROM op
        WHERE ord > (SELECT max(ord) FROM op) - ${RECENT_OPS} AND op_id = ? AND applied = 1`)
      .get(uuidToBlob(opId)) as Pick<OpRow, 'stream_kind' | 'stream_id'> | undefined;
    return row ? `${row.stream_kind}:${blobToUuid(row.stream_id)}` : null;
  }

  /** As `SetAside.yieldTo`. */
  yieldTo(epoch: number, refused: readonly number[]): void {
    this.#setAside.yieldTo(epoch, refused);
  }

  /** As `SetAside.rebuild`. */
  rebuild(stream: Stream): void {
    this.#setAside.rebuild(stream);
  }

  /** As `SetAside.judgeAgain`. */
  judgeAgain(understands: (op: Op) => boolean): string[] {
    return this.#setAside.judgeAgain(understands, (work) => this.transact(work));
  }

  /** Last op of this device and epoch. */
  head(): { seq: number; hash: string } {
    return this.#own.head(this.#epoch);
  }

  /** As `OwnChain.hashAt`; of the present epoch by default. */
  hashAt(seq: number, epoch = this.#epoch): string | null {
    return this.#own.hashAt(seq, epoch);
  }

  /** As `OwnChain.readAfter`; of the present epoch by default. */
  readAfter(seq: number, limit: number, epoch = this.#epoch): Op[] {
    return this.#own.readAfter(seq, limit, epoch);
  }

  /** As `OwnChain.seqsOf`. */
  seqsOf(epoch: number): number[] {
    return this.#own.seqsOf(epoch);
  }

  #isKnown(op: Op): boolean {
    if (this.#known.get(uuidToBlob(op.device), op.epoch, op.seq) !== undefined) return true;
    // A copy of these data, or these before an older copy was put back, sent it under another number.
    return op.device === this.device && this.#own.hasGoneOver(op);
  }
}

function isOutOfSpace(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && /^SQLITE_(FULL|IOERR|CORRUPT|READONLY)/.test(code);
}
