import type Database from 'better-sqlite3';
import { type Acceptance, acceptanceIn } from '../domain/case/types.ts';
import { pairsOf, tokenize } from './searchText.ts';

const IDLE_MS = 250;
const BATCH = 200;

/**
 * The full-text index of names and addresses. It is filled behind the saves, so that accepting a case does not wait for
 * it, and always before a search, so that no search misses a case. What is in it is derived from `case_file`; a crash
 * costs nothing but the catching up.
 */
export class TextIndex {
  readonly #db: Database.Database;
  #timer: NodeJS.Timeout | null = null;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /** Cases were written: catch up when the machine has a moment. */
  schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.catchUp();
    }, IDLE_MS);
    this.#timer.unref();
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** @param batch cases in one transaction: the more there are, the longer a save would have to wait for it */
  catchUp(batch = BATCH): void {
    while (this.#indexBatch(batch) === batch);
  }

  /** Takes a case out; the index keeps no text, so it has to be told what was there. Only after `catchUp`. */
  remove(ref: number, acceptance: Acceptance): void {
    this.#db
      .prepare(
        "INSERT INTO case_text (case_text, rowid, names, location, pairs) VALUES ('delete', CAST(? AS INTEGER), ?, ?, ?)",
      )
      .run(ref, ...textOf(acceptance));
  }

  #indexBatch(batch: number): number {
    const { indexed } = this.#db.prepare('SELECT indexed_ref AS indexed FROM case_text_state').get() as {
      indexed: number;
    };
    const rows = this.#db
      .prepare('SELECT ref, body FROM case_file JOIN op ON op.ord = op_ord WHERE ref > ? ORDER BY ref LIMIT ?')
      .all(indexed, batch) as { ref: number; body: string }[];
    const last = rows.at(-1)?.ref;
    if (last === undefined) return 0;
    const insert = this.#db.prepare('INSERT INTO case_text (rowid, names, location, pairs) VALUES (?, ?, ?, ?)');
    this.#db.transaction(() => {
      for (const { ref, body } of rows) {
        insert.run(ref, ...textOf(acceptanceIn(JSON.parse(body))));
      }
      this.#db.prepare('UPDATE case_text_state SET indexed_ref = ?').run(last);
    })();
    return rows.length;
  }
}

function textOf({ parties, property }: Acceptance): [names: string, location: string, pairs: string] {
  const names = parties.map((party) => party.name);
  return [
    names.map(tokenize).join(' | '),
    tokenize(property.location),
    [...names, property.location].map(pairsOf).join(' '),
  ];
}
