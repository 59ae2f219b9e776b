import type Database from 'better-sqlite3';
import { caseOf, type Op } from '../domain/ledger/op.ts';
import { digestWith, emptyScopeDigest, type ScopePosition } from '../domain/ledger/scopeDigest.ts';
import type { WindowState } from '../domain/queue/hallTypes.ts';
import { NOT_FOR_PEOPLE } from '../domain/returned/reduceReturned.ts';
import { sha256Hex } from './digest.ts';
import { uuidToBlob } from './ids.ts';
import type { Ledger } from './ledger.ts';
import { OpResults, type SetAsideResult } from './opResults.ts';
import { ackedOf, OWN_EPOCHS } from './ownEpochs.ts';
import { Reread } from './reread.ts';
import { IS_UNSETTLED } from './returned.ts';

export interface PushProgress {
  acked: number;
  /** Chain hash at `acked`, as the centre gave it: the receipt. */
  head: string;
}

export interface PulledOp {
  pos: number;
  op: Op;
  /** False for an op of a newer program: kept, not applied. */
  understood: boolean;
}

/** A row that was taken before and is passed over: only its place counts. */
export interface KnownRow {
  pos: number;
  hash: string;
}

export type PulledRow = PulledOp | KnownRow;

/** Somebody else has written as this machine, under its present epoch. */
export class OvertakenError extends Error {
  override name = 'OvertakenError';
}

const UNSENT_EPOCHS = `
  WITH RECURSIVE ${OWN_EPOCHS} SELECT epoch FROM own
  WHERE epoch IS NOT NULL
    AND (SELECT max(seq) FROM op WHERE device = @device AND epoch = own.epoch) > ${ackedOf('own.epoch')}
  ORDER BY epoch`;

/** Where the delivery of own ops and the taking of others' ops stand. */
export class Delivery {
  /** What became of own ops that hub or centre did not simply take. */
  readonly results: OpResults;
  /** What became of scopes that were read anew. */
  readonly reread: Reread;
  readonly #db: Database.Database;
  readonly #ledger: Ledger;
  readonly #device: Uint8Array;
  readonly #unsent: Database.Statement;
  readonly #readCursor: Database.Statement;
  readonly #moveCursor: Database.Statement;
  readonly #countReturned: Database.Statement;
  readonly #readProgress: Database.Statement;
  readonly #saveProgress: Database.Statement;
  readonly #hashAt: Database.Statement;

  constructor(db: Database.Database, ledger: Ledger) {
    this.#db = db;
    this.#ledger = ledger;
    this.#device = uuidToBlob(ledger.device);
    this.results = new OpResults(db, ledger);
    this.reread = new Reread(db, ledger.device, (stream) => ledger.rebuild(stream));
    this.#unsent = db.prepare(UNSENT_EPOCHS).pluck();
    this.#readCursor = db.prepare('SELECT pos, digest FROM pull_cursor WHERE scope = ?');
    this.#moveCursor = db.prepare(`
      INSERT INTO pull_cursor (scope, pos, digest) VALUES (?, ?, ?)
      ON CONFLICT (scope) DO UPDATE SET pos = excluded.pos, digest = excluded.digest`);
    this.#countReturned = db
      .prepare(`
        SELECT count(*) FROM op_result CROSS JOIN op USING (epoch, seq)
        WHERE op.device = @device AND ${IS_UNSETTLED} AND op.stream_kind NOT IN (${NOT_FOR_PEOPLE.map((kind) => `'${kind}'`).join(', ')})`)
      .pluck();
    this.#readProgress = db.prepare('SELECT acked, head FROM push_state WHERE device = ? AND epoch = ?');
    this.#saveProgress = db.prepare(`
      INSERT INTO push_state (device, epoch, acked, head) VALUES (?, ?, ?, ?)
      ON CONFLICT (device, epoch) DO UPDATE SET acked = excluded.acked, head = excluded.head`);
    this.#hashAt = db.prepare('SELECT hash FROM op WHERE device = ? AND epoch = ? AND seq = ?').pluck();
  }

  progress(epoch = this.#ledger.epoch): PushProgress {
    const row = this.#readProgress.get(this.#device, epoch) as PushProgress | undefined;
    return row ?? { acked: 0, head: '' };
  }

  /** How far each own epoch has been acknowledged, the oldest first. */
  acknowledged(): { epoch: number; acked: number }[] {
    return this.#db
      .prepare('SELECT epoch, acked FROM push_state WHERE device = ? ORDER BY epoch')
      .all(uuidToBlob(this.#ledger.device)) as { epoch: number; acked: number }[];
  }

  /** Epochs of which the centre lacks an op, the oldest first: what was made earlier goes earlier. */
  unsentEpochs(): number[] {
    return this.#unsent.all({ device: this.#device }) as number[];
  }

  /** Epochs of which the centre itself lacks an op: unsent, or held by the hub. */
  epochsNotAtCentre(): number[] {
    const epochs = new Set([...this.unsentEpochs(), ...this.results.heldEpochs().map(({ epoch }) => epoch)]);
    return [...epochs].sort((a, b) => a - b);
  }

  /** Own ops that the hub or centre has not acknowledged. */
  countUnsent(): number {
    const count = this.#db.prepare('SELECT count(*) FROM op WHERE device = ? AND epoch = ? AND seq > ?').pluck();
    const device = this.#device;
    return this.unsentEpochs().reduce(
      (sum, epoch) => sum + (count.get(device, epoch, this.progress(epoch).acked) as number),
      0,
    );
  }

  /** How this window stands at the hub, as far as that is known here; `closed` when it never said anything. */
  lastAckedWindowState(): WindowState {
    const newest = this.#db
      .prepare(`
        SELECT op.body ->> '$.state' FROM op JOIN push_state USING (device, epoch)
        WHERE op.device = ? AND op.kind = 'window.changed' AND op.seq <= push_state.acked AND op.applied = 1
        ORDER BY op.ord DESC LIMIT 1`)
      .pluck()
      .get(this.#device) as WindowState | undefined;
    return newest ?? 'closed';
  }

  /**
   * Records what the hub or centre acknowledged, together with what it set aside: whatever else of ours was held there up
   * to `acked` and from `sentFrom` on is at the centre. Where an own op was refused, its stream stands here as it stands
   * there.
   */
  recordPush(
    progress: PushProgress,
    setAside: readonly SetAsideResult[],
    at: string,
    epoch = this.#ledger.epoch,
    sentFrom = progress.acked + 1,
  ): void {
    this.#ledger.transact(() => {
      this.#saveProgress.run(this.#device, epoch, progress.acked, progress.head);
      // Beyond what is acknowledged nothing is held: it is sent again.
      this.results.record(epoch, Math.min(sentFrom, progress.acked + 1), setAside, at);
    });
  }

  /** The last own op of the epoch up to which the centre itself has everything. */
  atCentre(epoch = this.#ledger.epoch): number {
    const held = this.results.heldEpochs().find((each) => each.epoch === epoch);
    const { acked } = this.progress(epoch);
    return held ? Math.min(acked, held.first - 1) : acked;
  }

  /**
   * Positions belong to one hub. With another every scope that was taken is read from the beginning, and compared: what is known
   * is passed over, and what only the one before had is here alone.
   */
  readAllAnew(): void {
    const scopes = this.#db.prepare('SELECT scope FROM pull_cursor').pluck().all() as string[];
    for (const scope of scopes) this.readAnew(scope);
  }

  /** The scope is read from the beginning the next time; what was taken of it stays, and is compared (`Reread`). */
  readAnew(scope: string): void {
    this.#ledger.transact(() => {
      this.#db.prepare('DELETE FROM pull_cursor WHERE scope = ?').run(scope);
      this.reread.begin(scope);
    });
  }

  /** What was read anew is the same as the centre's. @returns what is here alone */
  endReread(scope: string): ReturnType<Reread['end']> {
    return this.reread.isUnderWay() ? this.#ledger.transact(() => this.reread.end(scope)) : [];
  }

  cursor(scope: string): number {
    return this.position(scope).pos;
  }

  /** Whether this own op lies here, as somebody says it is. */
  isHere({ epoch, seq, hash }: { epoch: number; seq: number; hash: string }): boolean {
    const found = this.#hashAt.get(this.#device, epoch, seq) as Buffer | undefined;
    return found?.toString('hex') === hash;
  }

  /** How far a scope was taken, and what that was. */
  position(scope: string): ScopePosition {
    const row = this.#readCursor.get(scope) as ScopePosition | undefined;
    return row ?? { pos: 0, digest: emptyScopeDigest(scope, sha256Hex) };
  }

  /**
   * Applies a page of pulled ops and moves the cursor, in one transaction: neither can be there without the other.
   * @returns streams that changed
   * @throws OvertakenError as `takeRows`
   */
  takePage(scope: string, rows: readonly PulledRow[]): string[] {
    return this.#ledger.transact(() => {
      let { pos, digest } = this.position(scope);
      for (const row of rows) {
        pos = row.pos;
        digest = digestWith(digest, pos, 'op' in row ? row.op.hash : row.hash, sha256Hex);
      }
      if (rows.length > 0) this.#moveCursor.run(scope, pos, digest);
      return this.takeRows(rows.filter((row) => 'op' in row));
    });
  }

  /**
   * Applies ops of a snapshot, in one transaction; how far the scope is taken is known with the last of them.
   * @throws OvertakenError when one of them stands where only this machine may write: under its number another op may lie
   * here, and would hide it for good. Nothing is taken
   */
  takeRows(rows: readonly PulledOp[]): string[] {
    const changed = new Set<string>();
    const contradicting: Op[] = [];
    const { device, epoch } = this.#ledger;
    this.#ledger.transact(() => {
      for (const { op, understood } of rows) {
        if (op.device === device && op.epoch === epoch && !this.isHere(op)) throw new OvertakenError();
        const taken = this.#ledger.applyRemote(op, understood);
        if (taken === 'set-aside' && understood) contradicting.push(op);
        if (taken !== 'applied') continue;
        changed.add(op.stream);
        // A slip, a note or a payment changes what pages show of its case.
        const about = caseOf(op);
        if (about !== null) changed.add(about);
      }
      const ops = rows.map(({ op }) => op);
      this.reread.noteMet(ops);
      this.reread.doubts.note(contradicting, ops);
    });
    return [...changed];
  }

  /** A snapshot is whole. */
  setPosition(scope: string, { pos, digest }: ScopePosition): void {
    this.#moveCursor.run(scope, pos, digest);
  }

  counts(): { waitingOps: number; heldOps: number; rejected: number; oldestWaiting: string | null } {
    const device = this.#device;
    let oldestWaiting: string | null = null;
    for (const epoch of this.unsentEpochs()) {
      oldestWaiting ??= this.#db
        .prepare('SELECT at FROM op WHERE device = ? AND epoch = ? AND seq = ?')
        .pluck()
        .get(device, epoch, this.progress(epoch).acked + 1) as string;
    }
    const held = this.#db.prepare("SELECT count(*) FROM op_result WHERE outcome = 'held'").pluck();
    return {
      waitingOps: this.countUnsent(),
      heldOps: held.get() as number,
      rejected: this.#countReturned.get({ device }) as number,
      oldestWaiting,
    };
  }
}
