import type Database from 'better-sqlite3';
import type { OpOutcome } from '../contract/sync.ts';
import { caseOf, type Op } from '../domain/ledger/op.ts';
import { blobToUuid, uuidToBlob } from './ids.ts';
import type { Ledger } from './ledger.ts';

export interface PushProgress {
  acked: number;
  /** Chain hash at `acked`, as the centre gave it: the receipt. */
  head: string;
}

export interface SetAsideResult {
  seq: number;
  outcome: 'parked' | 'rejected' | 'held';
  code: string;
}

/** What became of an op that the hub held. */
export interface SettledResult {
  seq: number;
  outcome: OpOutcome;
  code: string | null;
}

export interface PulledRow {
  pos: number;
  op: Op;
  /** False for an op of a newer program: kept, not applied. */
  understood: boolean;
}

/** Last op of a row's epoch that the centre has. */
const ACKED = 'coalesce((SELECT acked FROM push_state WHERE device = @device AND epoch = op.epoch), 0)';

/** Where the delivery of own ops and the taking of others' ops stand. */
export class Delivery {
  readonly #db: Database.Database;
  readonly #ledger: Ledger;

  constructor(db: Database.Database, ledger: Ledger) {
    this.#db = db;
    this.#ledger = ledger;
  }

  progress(epoch = this.#ledger.epoch): PushProgress {
    const row = this.#db
      .prepare('SELECT acked, head FROM push_state WHERE device = ? AND epoch = ?')
      .get(uuidToBlob(this.#ledger.device), epoch) as PushProgress | undefined;
    return row ?? { acked: 0, head: '' };
  }

  /** Epochs of which the centre lacks an op, the oldest first: what was made earlier goes earlier. */
  unsentEpochs(): number[] {
    return this.#db
      .prepare(`SELECT DISTINCT epoch FROM op WHERE device = @device AND seq > ${ACKED} ORDER BY epoch`)
      .pluck()
      .all({ device: uuidToBlob(this.#ledger.device) }) as number[];
  }

  /**
   * Records what the hub or centre acknowledged, together with what it set aside: whatever else of ours was held there up to
   * `acked` and from `sentFrom` on is at the centre.
   */
  recordPush(
    progress: PushProgress,
    setAside: readonly SetAsideResult[],
    at: string,
    epoch = this.#ledger.epoch,
    sentFrom = progress.acked + 1,
  ): void {
    this.#ledger.transact(() => {
      this.#db
        .prepare(`
          INSERT INTO push_state (device, epoch, acked, head) VALUES (?, ?, ?, ?)
          ON CONFLICT (device, epoch) DO UPDATE SET acked = excluded.acked, head = excluded.head`)
        .run(uuidToBlob(this.#ledger.device), epoch, progress.acked, progress.head);
      // Beyond what is acknowledged nothing is held: it is sent again.
      this.#db
        .prepare("DELETE FROM op_result WHERE outcome = 'held' AND epoch = ? AND seq >= ?")
        .run(epoch, Math.min(sentFrom, progress.acked + 1));
      const insert = this.#db.prepare(`
        INSERT INTO op_result (epoch, seq, stream_id, outcome, code, at)
        SELECT epoch, seq, stream_id, ?, ?, ? FROM op WHERE device = ? AND epoch = ? AND seq = ?
        ON CONFLICT (epoch, seq) DO UPDATE SET outcome = excluded.outcome, code = excluded.code`);
      for (const { seq, outcome, code } of setAside) {
        insert.run(outcome, code, at, uuidToBlob(this.#ledger.device), epoch, seq);
      }
    });
  }

  /** Epochs with ops that the hub holds, each with the first of them. */
  heldEpochs(): { epoch: number; first: number }[] {
    return this.#db
      .prepare("SELECT epoch, min(seq) AS first FROM op_result WHERE outcome = 'held' GROUP BY epoch ORDER BY epoch")
      .all() as { epoch: number; first: number }[];
  }

  /**
   * Records what the centre answered about ops that the hub held.
   * @returns streams that are further than before
   */
  settle(epoch: number, results: readonly SettledResult[]): string[] {
    const find = this.#db.prepare(`
      SELECT op.stream_kind AS kind, op.stream_id AS id FROM op_result JOIN op USING (epoch, seq)
      WHERE epoch = ? AND seq = ? AND outcome = 'held' AND device = ?`);
    const remove = this.#db.prepare('DELETE FROM op_result WHERE epoch = ? AND seq = ?');
    const update = this.#db.prepare('UPDATE op_result SET outcome = ?, code = ? WHERE epoch = ? AND seq = ?');
    return this.#ledger.transact(() =>
      results.flatMap(({ seq, outcome, code }) => {
        if (outcome === 'held') return [];
        const op = find.get(epoch, seq, uuidToBlob(this.#ledger.device)) as
          | { kind: string; id: Uint8Array }
          | undefined;
        if (!op) return [];
        if (outcome === 'applied') remove.run(epoch, seq);
        else update.run(outcome, code ?? 'unknown', epoch, seq);
        return [`${op.kind}:${blobToUuid(op.id)}`];
      }),
    );
  }

  /** The last own op of the epoch up to which the centre itself has everything. */
  atCentre(epoch = this.#ledger.epoch): number {
    const held = this.heldEpochs().find((each) => each.epoch === epoch);
    const { acked } = this.progress(epoch);
    return held ? Math.min(acked, held.first - 1) : acked;
  }

  /** Positions belong to one hub. With another the scopes are read from the beginning: what is known is passed over. */
  forgetCursors(): void {
    this.#db.prepare('DELETE FROM pull_cursor').run();
  }

  cursor(scope: string): number {
    const row = this.#db.prepare('SELECT pos FROM pull_cursor WHERE scope = ?').get(scope) as
      | { pos: number }
      | undefined;
    return row?.pos ?? 0;
  }

  /**
   * Applies a page of pulled ops and moves the cursor, in one transaction: neither can be there without the other.
   * @returns streams that changed
   */
  takePage(scope: string, rows: readonly PulledRow[]): string[] {
    const changed = new Set<string>();
    this.#ledger.transact(() => {
      for (const { op, understood } of rows) {
        if (this.#ledger.applyRemote(op, understood) !== 'applied') continue;
        changed.add(op.stream);
        // A slip, a note or a payment changes what pages show of its case.
        const about = caseOf(op);
        if (about !== null) changed.add(about);
      }
      const pos = rows.at(-1)?.pos;
      if (pos === undefined) return;
      this.#db
        .prepare(
          'INSERT INTO pull_cursor (scope, pos) VALUES (?, ?) ON CONFLICT (scope) DO UPDATE SET pos = excluded.pos',
        )
        .run(scope, pos);
    });
    return [...changed];
  }

  counts(): { waitingOps: number; heldOps: number; rejected: number; oldestWaiting: string | null } {
    const device = uuidToBlob(this.#ledger.device);
    let waitingOps = 0;
    let oldestWaiting: string | null = null;
    for (const epoch of this.unsentEpochs()) {
      const { acked } = this.progress(epoch);
      const { n } = this.#db
        .prepare('SELECT count(*) AS n FROM op WHERE device = ? AND epoch = ? AND seq > ?')
        .get(device, epoch, acked) as { n: number };
      waitingOps += n;
      oldestWaiting ??= this.#db
        .prepare('SELECT at FROM op WHERE device = ? AND epoch = ? AND seq = ?')
        .pluck()
        .get(device, epoch, acked + 1) as string;
    }
    const count = this.#db.prepare('SELECT count(*) FROM op_result WHERE outcome = ?').pluck();
    return {
      waitingOps,
      heldOps: count.get('held') as number,
      rejected: count.get('rejected') as number,
      oldestWaiting,
    };
  }
}
