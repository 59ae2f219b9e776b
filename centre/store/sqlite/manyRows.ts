import type { SqlDatabase } from '../sqlDatabase.ts';

/** Rows in one statement. */
const MANY = 32;

/** Rows for one table, given one after the other and written many at a time: most of a small insert is the call. */
export interface ManyRows<Row extends unknown[]> {
  add(...row: Row): void;
  /** Writes what is left. To be called before anything reads the table. */
  flush(): void;
}

/**
 * @param insert `INSERT INTO … VALUES (?, …) …` with one row
 * @returns begins anew for each transaction: what one that failed has left belongs to no other
 */
export function prepareManyRows<Row extends unknown[]>(db: SqlDatabase, insert: string): () => ManyRows<Row> {
  const one = db.prepare<Row>(insert);
  const many = db.prepare(insert.replace(/(?<=VALUES )\([^)]*\)/, (marks) => Array(MANY).fill(marks).join(', ')));
  return () => {
    let waiting: Row[] = [];
    return {
      add(...row) {
        waiting.push(row);
        if (waiting.length < MANY) return;
        many.run(...waiting.flat());
        waiting = [];
      },
      flush() {
        for (const row of waiting) one.run(...row);
        waiting = [];
      },
    };
  };
}
