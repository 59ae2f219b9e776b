import type Database from 'better-sqlite3';
import { caseOf, type Op } from '../domain/ledger/op.ts';
import type { WindowState } from '../domain/queue/hallTypes.ts';
import { uuidToBlob } from './ids.ts';
import type { Ledger } from './ledger.ts';

export interface PushProgress {
  acked: number;
  /** Chain hash at `acked`, as the centre gave it: the receipt. */
  head: string;
}

export interface SetAsideResult {
  seq: number;
  outcome: 'parked' | 'rejected';
  code: string;
}

export interface PulledRow {
  pos: number;
  op: Op;
  /** False for an op of a newer program: kept, not applied. */
  understood: boolean;
}

/** Epochs of this device with their last op, found by leaps along the index instead of by reading the log. */
const EPOCHS = `
  WITH RECURSIVE own(epoch) AS (
    SELECT min(epoch) FROM op WHERE device = @device
    UNION ALL
    SELECT (SELECT min(epoch) FROM op WHERE device = @device AND epoch > own.epoch) FROM own WHERE own.epoch IS NOT NULL
  )
  SELECT epoch FROM own
  WHERE epoch IS NOT NULL
    AND (SELECT max(seq) FROM op WHERE device = @device AND epoch = own.epoch)
      > coalesce((SELECT acked FROM push_state WHERE device = @device AND epoch = own.epoch), 0)
  ORDER BY epoch`;

/** Where the delivery of own ops and the taking of others' ops stand. */
export class Delivery {
  readonly #db: Database.Database;
  readonly #ledger: Ledger;
  readonly #unsent: Database.Statement;
  readonly #readCursor: Database.Statement;
  readonly #moveCursor: Database.Statement;

  constructor(db: Database.Database, ledger: Ledger) {
    this.#db = db;
    this.#ledger = ledger;
    this.#unsent = db.prepare(EPOCHS).pluck();
    this.#readCursor = db.prepare('SELECT pos FROM pull_cursor WHERE scope = ?').pluck();
    this.#moveCursor = db.prepare(
      'INSERT INTO pull_cursor (scope, pos) VALUES (?, ?) ON CONFLICT (scope) DO UPDATE SET pos = excluded.pos',
    );
  }

  progress(epoch = this.#ledger.epoch): PushProgress {
    const row = this.#db
      .prepare('SELECT acked, head FROM push_state WHERE device = ? AND epoch = ?')
      .get(uuidToBlob(this.#ledger.device), epoch) as PushProgress | undefined;
    return row ?? { acked: 0, head: '' };
  }

  /** Epochs of which the centre lacks an op, the oldest first: what was made earlier goes earlier. */
  unsentEpochs(): number[] {
    return this.#unsent.all({ device: uuidToBlob(this.#ledger.device) }) as number[];
  }

  /** Own ops that the centre has not acknowledged. */
  countUnsent(): number {
    const count = this.#db.prepare('SELECT count(*) FROM op WHERE device = ? AND epoch = ? AND seq > ?').pluck();
    const device = uuidToBlob(this.#ledger.device);
    return this.unsentEpochs().reduce(
      (sum, epoch) => sum + (count.get(device, epoch, this.progress(epoch).acked) as number),
      0,
    );
  }

  /** How this window stands at the centre, as far as that is known here; `closed` when it never said anything. */
  lastAckedWindowState(): WindowState {
    const newest = this.#db
      .prepare(`
        SELECT op.body ->> '$.state' FROM op JOIN push_state USING (device, epoch)
        WHERE op.device = ? AND op.kind = 'window.changed' AND op.seq <= push_state.acked AND op.applied = 1
        ORDER BY op.ord DESC LIMIT 1`)
      .pluck()
      .get(uuidToBlob(this.#ledger.device)) as WindowState | undefined;
    return newest ?? 'closed';
  }

  /**
   * Records what the centre acknowledged, together with what it set aside. The hub decides about the hall: where it refused
   * an own op of a ticket or a window, the stream stands here as it stands there.
   */
  recordPush(
    progress: PushProgress,
    setAside: readonly SetAsideResult[],
    at: string,
    epoch = this.#ledger.epoch,
  ): void {
    this.#ledger.transact(() => {
      this.#db
        .prepare(`
          INSERT INTO push_state (device, epoch, acked, head) VALUES (?, ?, ?, ?)
          ON CONFLICT (device, epoch) DO UPDATE SET acked = excluded.acked, head = excluded.head`)
        .run(uuidToBlob(this.#ledger.device), epoch, progress.acked, progress.head);
      const insert = this.#db.prepare(`
        INSERT INTO op_result (epoch, seq, stream_id, outcome, code, at)
        SELECT epoch, seq, stream_id, ?, ?, ? FROM op WHERE device = ? AND epoch = ? AND seq = ?
        ON CONFLICT (epoch, seq) DO UPDATE SET outcome = excluded.outcome, code = excluded.code`);
      for (const { seq, outcome, code } of setAside) {
        insert.run(outcome, code, at, uuidToBlob(this.#ledger.device), epoch, seq);
      }
      const refused = setAside.filter(({ outcome }) => outcome === 'rejected').map(({ seq }) => seq);
      this.#ledger.yieldToHub(epoch, refused);
    });
  }

  cursor(scope: string): number {
    return (this.#readCursor.get(scope) as number | undefined) ?? 0;
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
      if (pos !== undefined) this.#moveCursor.run(scope, pos);
    });
    return [...changed];
  }

  counts(): { waitingOps: number; rejected: number; oldestWaiting: string | null } {
    const device = uuidToBlob(this.#ledger.device);
    let oldestWaiting: string | null = null;
    for (const epoch of this.unsentEpochs()) {
      oldestWaiting ??= this.#db
        .prepare('SELECT at FROM op WHERE device = ? AND epoch = ? AND seq = ?')
        .pluck()
        .get(device, epoch, this.progress(epoch).acked + 1) as string;
    }
    const rejected = this.#db.prepare("SELECT count(*) AS n FROM op_result WHERE outcome = 'rejected'").get() as {
      n: number;
    };
    return { waitingOps: this.countUnsent(), rejected: rejected.n, oldestWaiting };
  }
}
