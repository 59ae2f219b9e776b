import type { Question, SqlDatabase, SqlStatement, SqlTransaction } from '../sqlDatabase.ts';
import { HALL_SQL } from '../sqlite/hallSql.ts';
import { type PostgresStatement, translate } from './dialect.ts';
import type { Line } from './line.ts';
import type { LineStatement, StatementResult } from './lineTypes.ts';
import { type Pending, Transactions } from './transactions.ts';
import { fromServer, toServer } from './values.ts';

/** Rows fetched at once where a caller reads one after the other. */
const PAGE_ROWS = 200;

const LAST_POSITION: LineStatement = { text: 'SELECT coalesce(max(id), 0) FROM op', values: [] };

type Row = Record<string, unknown>;

interface RunResult {
  changes: number;
  lastInsertRowid: number;
}

/** PostgreSQL as a database that answers at once. One store, one connection, one transaction at a time. */
export class PostgresDatabase implements SqlDatabase {
  readonly #transactions: Transactions;
  readonly #translations = new Map<string, PostgresStatement>();

  constructor(line: Line) {
    this.#transactions = new Transactions(line);
  }

  prepare<P extends unknown[] = unknown[], R = unknown>(sql: string): SqlStatement<P, R> {
    const statement = this.#translated(sql);
    const question = sql === HALL_SQL.dataVersion ? () => this.#askOutsideVersion() : null;
    return this.#statement<P, R>(statement, question, false);
  }

  transaction<P extends unknown[], R>(work: (...values: P) => R): SqlTransaction<P, R> {
    const reading = (...values: P): R => this.#transactions.run(false, () => work(...values));
    return Object.assign(reading, {
      immediate: (...values: P): R => this.#transactions.run(true, () => work(...values)),
    });
  }

  foresee(questions: readonly Question[]): void {
    const transaction = this.#transactions.current;
    if (!transaction) throw new Error('outside a transaction nothing is foreseen');
    if (questions.length === 0) return;
    const asked = new Map<string, LineStatement>();
    for (const { sql, values } of questions) {
      const statement = { text: this.#translated(sql).text, values: values.map(toServer) };
      asked.set(keyOf(statement), statement);
    }
    const results = this.#transactions.ask([...asked.values()]);
    for (const [index, key] of [...asked.keys()].entries())
      transaction.foreseen.set(key, results[index] as StatementResult);
  }

  close(): void {
    this.#transactions.close();
  }

  #translated(sql: string): PostgresStatement {
    const known = this.#translations.get(sql) ?? translate(sql);
    this.#translations.set(sql, known);
    return known;
  }

  #statement<P extends unknown[], R>(
    statement: PostgresStatement,
    question: (() => StatementResult) | null,
    plucked: boolean,
  ): SqlStatement<P, R> {
    const bound = (values: readonly unknown[]): LineStatement => ({
      text: statement.text,
      values: values.map(toServer),
    });
    const read = (result: StatementResult): R[] => result.rows.map((row) => this.#rowOf(result, row, plucked) as R);
    const all = (values: P): R[] => read(question?.() ?? this.#query(bound(values), statement.writes));
    return {
      get: (...values) => all(values)[0],
      getEach: (list) => this.#queryEach(list.map(bound), statement.writes).map((result) => read(result)[0]),
      all: (...values) => all(values),
      iterate: (...values) => this.#iterate(bound(values), read),
      run: (...values) =>
        statement.takesPosition ? this.#writeLog(values, bound) : this.#write(bound(values), statement.returnsRows),
      pluck: () => this.#statement(statement, question, true),
    };
  }

  #rowOf({ columns }: StatementResult, values: readonly (string | null)[], plucked: boolean): unknown {
    if (plucked) return fromServer(values[0] ?? null, columns[0]?.type ?? 0);
    const row: Row = {};
    for (const [index, { name, type }] of columns.entries()) row[name] = fromServer(values[index] ?? null, type);
    return row;
  }

  #query(statement: LineStatement, writes: boolean): StatementResult {
    if (this.#transactions.current) return this.#queryEach([statement], writes)[0] as StatementResult;
    if (writes)
      return this.#transactions.run(true, () => this.#transactions.ask([statement]).at(-1) as StatementResult);
    return this.#transactions.askAlone(statement);
  }

  #queryEach(statements: readonly LineStatement[], writes: boolean): StatementResult[] {
    const transaction = this.#transactions.current;
    if (!transaction) return statements.map((statement) => this.#query(statement, writes));
    if (writes) transaction.foreseen.clear();
    const [only] = statements;
    const foreseen = only && statements.length === 1 ? transaction.foreseen.get(keyOf(only)) : undefined;
    return foreseen ? [foreseen] : this.#transactions.ask(statements);
  }

  #write(statement: LineStatement, returnsRows: boolean): RunResult {
    if (!this.#transactions.current) return this.#transactions.run(true, () => ({ ...this.#write(statement, true) }));
    const pending: Pending = { statement, result: null };
    this.#transactions.current.foreseen.clear();
    this.#transactions.current.waiting.push(pending);
    const outcome = (): StatementResult => {
      if (pending.result === null) this.#transactions.ask([]);
      if (pending.result === null) throw new Error('the transaction of this write is over');
      return pending.result;
    };
    if (returnsRows) outcome();
    return {
      get changes() {
        return outcome().count;
      },
      // Only the log is numbered by itself.
      lastInsertRowid: 0,
    };
  }

  /** Nobody else can write: the next position is known without waiting for the server. */
  #writeLog(values: readonly unknown[], bound: (values: readonly unknown[]) => LineStatement): RunResult {
    const transaction = this.#transactions.current;
    if (!transaction) return this.#transactions.run(true, () => this.#writeLog(values, bound));
    transaction.position ??= Number(this.#transactions.ask([LAST_POSITION])[0]?.rows[0]?.[0] ?? 0);
    transaction.position += 1;
    this.#write(bound([transaction.position, ...values]), false);
    return { changes: 1, lastInsertRowid: transaction.position };
  }

  *#iterate<R>(statement: LineStatement, read: (result: StatementResult) => R[]): IterableIterator<R> {
    if (!this.#transactions.current) {
      yield* read(this.#transactions.askAlone(statement));
      return;
    }
    // It ends with the transaction.
    this.#transactions.current.cursors += 1;
    const cursor = `c${this.#transactions.current.cursors}`;
    const fetch = { text: `FETCH ${PAGE_ROWS} FROM ${cursor}`, values: [] };
    this.#transactions.ask([{ ...statement, text: `DECLARE ${cursor} NO SCROLL CURSOR FOR ${statement.text}` }]);
    for (;;) {
      const page = this.#transactions.ask([fetch]).at(-1) as StatementResult;
      yield* read(page);
      if (page.rows.length < PAGE_ROWS) return;
    }
  }

  #askOutsideVersion(): StatementResult {
    const version = this.#transactions.current?.writes ? this.#transactions.current.outsideVersion : null;
    if (version === null) return this.#query(this.#transactions.outsideQuestion(), false);
    return { command: 'SELECT', count: 1, columns: [{ name: 'version', type: 20 }], rows: [[String(version)]] };
  }
}

const keyOf = ({ text, values }: LineStatement): string => [text, ...values].join('\0');
