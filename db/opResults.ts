import type Database from 'better-sqlite3';
import type { OpOutcome } from '../contract/sync.ts';
import { AT_CENTRE } from '../domain/ledger/held.ts';
import { blobToUuid, uuidToBlob } from './ids.ts';
import type { Ledger } from './ledger.ts';

export interface SetAsideResult {
  seq: number;
  /** Of a run of neighbours. */
  last?: number;
  outcome: 'parked' | 'rejected' | 'held';
  code: string;
}

/** What became of an op that the hub held. */
export interface SettledResult {
  seq: number;
  outcome: OpOutcome;
  code: string | null;
}

/** What became of own ops that hub or centre have and did not simply apply. */
export class OpResults {
  readonly #db: Database.Database;
  readonly #ledger: Ledger;
  readonly #device: Uint8Array;
  readonly #nextUnsettled: Database.Statement;
  readonly #dropHeld: Database.Statement;
  readonly #setAside: Database.Statement;

  constructor(db: Database.Database, ledger: Ledger) {
    this.#db = db;
    this.#ledger = ledger;
    this.#device = uuidToBlob(ledger.device);
    this.#nextUnsettled = db.prepare(`
      SELECT epoch, seq FROM op_result WHERE outcome IN ('held', 'parked') AND (epoch, seq) > (?, ?)
      ORDER BY epoch, seq LIMIT 1`);
    this.#dropHeld = db.prepare("DELETE FROM op_result WHERE outcome = 'held' AND epoch = ? AND seq >= ?");
    this.#setAside = db.prepare(`
      INSERT INTO op_result (epoch, seq, stream_id, outcome, code, at)
      SELECT epoch, seq, stream_id, ?, ?, ? FROM op WHERE device = ? AND epoch = ? AND seq BETWEEN ? AND ?
      ON CONFLICT (epoch, seq) DO UPDATE SET outcome = excluded.outcome, code = excluded.code`);
  }

  /**
   * What an answer sets aside, and that nothing else is held from `heldUpTo` on. Where an own op was refused, its stream
   * stands here as it stands there. Part of the surrounding transaction.
   */
  record(epoch: number, heldUpTo: number, setAside: readonly SetAsideResult[], at: string): void {
    this.#dropHeld.run(epoch, heldUpTo);
    for (const { first, last, outcome, code } of runsOf(setAside)) {
      this.#setAside.run(outcome, code, at, this.#device, epoch, first, last);
    }
    const refused = setAside.filter(({ outcome }) => outcome === 'rejected').map(({ seq }) => seq);
    if (refused.length > 0) this.#ledger.yieldTo(epoch, refused);
  }

  /** Epochs with ops that the hub holds, each with the first of them. */
  heldEpochs(): { epoch: number; first: number }[] {
    return this.#db
      .prepare("SELECT epoch, min(seq) AS first FROM op_result WHERE outcome = 'held' GROUP BY epoch ORDER BY epoch")
      .all() as { epoch: number; first: number }[];
  }

  /** Where what is held lies: at the hub of the hall, or at the centre, which judges it soon. */
  heldAt(): 'hall' | 'centre' | null {
    const codes = this.#db
      .prepare("SELECT DISTINCT code FROM op_result WHERE outcome = 'held'")
      .pluck()
      .all() as string[];
    if (codes.length === 0) return null;
    return codes.every((code) => code === AT_CENTRE) ? 'centre' : 'hall';
  }

  /** The first own op after a place that is held at the hub or parked at the centre; null: there is none. */
  nextUnsettled({ epoch, seq }: { epoch: number; seq: number }): { epoch: number; seq: number } | null {
    const row = this.#nextUnsettled.get(epoch, seq) as { epoch: number; seq: number } | undefined;
    return row ?? null;
  }

  /**
   * Records what the centre answered about ops that the hub held, or that it had parked itself.
   * @returns streams that are further than before
   */
  settle(epoch: number, results: readonly SettledResult[]): string[] {
    const find = this.#db.prepare(`
      SELECT DISTINCT op.stream_kind AS kind, op.stream_id AS id FROM op_result JOIN op USING (epoch, seq)
      WHERE epoch = ? AND seq BETWEEN ? AND ? AND outcome IN ('held', 'parked') AND outcome <> ? AND device = ?`);
    const remove = this.#db.prepare(
      "DELETE FROM op_result WHERE epoch = ? AND seq BETWEEN ? AND ? AND outcome IN ('held', 'parked')",
    );
    const update = this.#db.prepare(
      "UPDATE op_result SET outcome = ?, code = ? WHERE epoch = ? AND seq BETWEEN ? AND ? AND outcome IN ('held', 'parked')",
    );
    return this.#ledger.transact(() =>
      runsOf(results).flatMap(({ first, last, outcome, code }) => {
        if (outcome === 'held') return [];
        const found = find.all(epoch, first, last, outcome, this.#device) as { kind: string; id: Uint8Array }[];
        if (found.length === 0) return [];
        if (outcome === 'applied') remove.run(epoch, first, last);
        else update.run(outcome, code ?? 'unknown', epoch, first, last);
        if (outcome === 'rejected') this.#ledger.yieldTo(epoch, seqsOf(first, last));
        return found.map(({ kind, id }) => `${kind}:${blobToUuid(id)}`);
      }),
    );
  }
}

/** Neighbours with the same outcome in one: a hub or centre holds a whole push, and most of them are applied. */
function runsOf<Outcome, Code>(
  setAside: readonly { seq: number; last?: number; outcome: Outcome; code: Code }[],
): { first: number; last: number; outcome: Outcome; code: Code }[] {
  const runs: { first: number; last: number; outcome: Outcome; code: Code }[] = [];
  for (const { seq, last = seq, outcome, code } of setAside) {
    const run = runs.at(-1);
    if (run && run.last + 1 === seq && run.outcome === outcome && run.code === code) run.last = last;
    else runs.push({ first: seq, last, outcome, code });
  }
  return runs;
}

function seqsOf(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
