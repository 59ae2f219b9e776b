import { randomUUID } from 'node:crypto';
import { uuidToBlob } from '../sqlite/blobs.ts';
import { StoreBusyError } from '../types.ts';
import { type Line, LineLostError, PostgresError } from './line.ts';
import type { LineStatement, StatementResult } from './lineTypes.ts';
import { toServer } from './values.ts';

/** SQLSTATEs with which the server says "not now": the same push may succeed later. */
const BUSY_CODES = /^(40001|40P01|55P03|57014|25006|53\w{3}|58030)$/;

/** How long a request waits for a connection that is being made, ms; everyone waits meanwhile. */
const RECONNECT_MS = 500;
/** How long to look for what became of a COMMIT whose answer was lost, ms: longer than a server takes to come back. */
const SETTLE_MS = 5000;

const BEGIN: LineStatement = { text: 'BEGIN', values: [] };
const BEGIN_READING: LineStatement = { text: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', values: [] };
const COMMIT: LineStatement = { text: 'COMMIT', values: [] };
const ROLLBACK: LineStatement = { text: 'ROLLBACK', values: [] };
/** One row, one writer at a time: positions have no gaps, and what is decided is decided on what is there. */
const LOCK: LineStatement = { text: 'SELECT version FROM write_lock FOR UPDATE', values: [] };
const COUNT_WRITE: LineStatement = { text: 'UPDATE write_lock SET version = version + 1', values: [] };

export interface Transaction {
  session: number;
  writes: boolean;
  /** Writes nobody has asked the outcome of yet: they go with the next question, or with COMMIT. */
  waiting: Pending[];
  cursors: number;
  /** Answers to what was foreseen; none once something was written. */
  foreseen: Map<string, StatementResult>;
  /** The last position in the log; null: not asked yet. */
  position: number | null;
  /** Of everything other stores have written, when the lock was taken. */
  outsideVersion: number;
}

export interface Pending {
  statement: LineStatement;
  result: StatementResult | null;
}

/** The transactions of one store on its one connection: begun under the lock, settled when an answer is lost. */
export class Transactions {
  readonly #line: Line;
  /** Names this store among those that write; a COMMIT nobody knows the outcome of makes it another one. */
  #writer = randomUUID();
  #commits = 0;
  #current: Transaction | null = null;

  constructor(line: Line) {
    this.#line = line;
  }

  /** The one under way. */
  get current(): Transaction | null {
    return this.#current;
  }

  /** How much others have written, as a question to the server. */
  outsideQuestion(): LineStatement {
    const text = `SELECT write_lock.version - coalesce(writer.commits, 0) AS version
      FROM write_lock LEFT JOIN writer ON writer.id = $1`;
    return { text, values: [toServer(uuidToBlob(this.#writer))] };
  }

  /** Runs the function in a transaction: all of it, or nothing and what it throws. @throws StoreBusyError */
  run<R>(writes: boolean, work: () => R): R {
    if (this.#current) throw new Error('a transaction inside a transaction');
    const transaction = this.#begin(writes);
    this.#current = transaction;
    let value: R;
    try {
      value = work();
      if (!writes) this.ask([COMMIT]);
    } catch (error) {
      this.#rollBack(transaction);
      throw error;
    }
    if (writes) this.#commit(transaction);
    this.#current = null;
    return value;
  }

  /** Outside a transaction: what only reads may be asked again on the next connection. */
  askAlone(statement: LineStatement): StatementResult {
    try {
      return this.#askLine(null, [statement]).results.at(-1) as StatementResult;
    } catch (error) {
      if (!(error instanceof LineLostError) || !this.#line.waitUntilUp(RECONNECT_MS)) throw error;
      return this.#askLine(null, [statement]).results.at(-1) as StatementResult;
    }
  }

  /** Sends the writes that wait, and these; inside a transaction. */
  ask(statements: readonly LineStatement[]): StatementResult[] {
    const { session, waiting } = this.#current as Transaction;
    const sent = waiting.splice(0);
    const { results } = this.#askLine(session, [...sent.map(({ statement }) => statement), ...statements]);
    for (const [index, pending] of sent.entries()) pending.result = results[index] ?? null;
    return results.slice(sent.length);
  }

  close(): void {
    try {
      if (this.#commits > 0) {
        const forget = { text: 'DELETE FROM writer WHERE id = $1', values: [toServer(uuidToBlob(this.#writer))] };
        this.#line.ask(null, [forget]);
      }
    } catch {
      // A row that nobody reads again; the next store to open clears old ones away.
    }
    this.#line.close();
  }

  #begin(writes: boolean): Transaction {
    const statements = writes ? [BEGIN, LOCK, this.outsideQuestion()] : [BEGIN_READING];
    const start = () => {
      try {
        return this.#askLine(null, statements);
      } catch (error) {
        // After a lock that was not to be had the transaction is still open.
        if (error instanceof StoreBusyError && !(error instanceof LineLostError)) this.#forget(null);
        throw error;
      }
    };
    let begun: ReturnType<typeof start>;
    try {
      begun = start();
    } catch (error) {
      if (!(error instanceof LineLostError) || !this.#line.waitUntilUp(RECONNECT_MS)) throw error;
      begun = start();
    }
    const version = Number(begun.results[2]?.rows[0]?.[0] ?? 0);
    return {
      session: begun.session,
      writes,
      waiting: [],
      cursors: 0,
      foreseen: new Map(),
      position: null,
      outsideVersion: version,
    };
  }

  #commit(transaction: Transaction): void {
    const [writer, number] = [this.#writer, this.#commits + 1];
    const mark = {
      text: `INSERT INTO writer (id, commits, at) VALUES ($1, $2, now())
        ON CONFLICT (id) DO UPDATE SET commits = excluded.commits, at = excluded.at`,
      values: [toServer(uuidToBlob(writer)), String(number)],
    };
    try {
      const results = this.ask([COUNT_WRITE, mark, COMMIT]);
      if (results.at(-1)?.command !== 'COMMIT') throw new Error('the server rolled back what was to be stored');
    } catch (error) {
      if (!(error instanceof LineLostError)) {
        this.#rollBack(transaction);
        throw error;
      }
      this.#current = null;
      if (!this.#wasStored(number)) throw error;
    }
    this.#commits = number;
  }

  /**
   * The connection broke while COMMIT was under way. Whoever holds the lock knows: the old transaction is over by then, and
   * has left its number or not.
   * @throws LineLostError when the server cannot be asked: the push comes again, and each op is known by its place in its chain
   */
  #wasStored(number: number): boolean {
    const text = 'SELECT coalesce(max(commits), 0) FROM writer WHERE id = $1';
    const question = { text, values: [toServer(uuidToBlob(this.#writer))] };
    const deadline = performance.now() + SETTLE_MS;
    while (performance.now() < deadline && this.#line.waitUntilUp(deadline - performance.now())) {
      try {
        const { session, results } = this.#askLine(null, [BEGIN, LOCK, question]);
        this.#forget(session);
        return results.at(-1)?.rows[0]?.[0] === String(number);
      } catch (error) {
        if (!(error instanceof StoreBusyError)) throw error;
        if (!(error instanceof LineLostError)) this.#forget(null);
      }
    }
    // Under another name what is there now was written by somebody else, and is read again.
    this.#writer = randomUUID();
    this.#commits = 0;
    throw new LineLostError('the connection broke, and whether it was stored cannot be asked');
  }

  #rollBack({ session }: Transaction): void {
    this.#current = null;
    this.#forget(session);
  }

  #forget(session: number | null): void {
    try {
      this.#line.ask(session, [ROLLBACK]);
    } catch (error) {
      // A connection that is gone has rolled back.
      if (!(error instanceof LineLostError)) throw error;
    }
  }

  #askLine(session: number | null, statements: readonly LineStatement[]): ReturnType<Line['ask']> {
    try {
      return this.#line.ask(session, statements);
    } catch (error) {
      if (error instanceof PostgresError && BUSY_CODES.test(error.code)) {
        throw new StoreBusyError(error.code, { cause: error });
      }
      throw error;
    }
  }
}
