import { appendFileSync, copyFileSync, existsSync, mkdirSync, readdirSync, truncateSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { Random } from './random.ts';
import { type Life, livesNow } from './scope.ts';
import type { VirtualTime } from './virtualTime.ts';

export type Moment = 'before-commit' | 'after-commit';

/** The program was killed here: what its code still does with this error matters to nobody. */
export class Killed extends Error {
  override name = 'Killed';
}

/** What a disk does at a commit: nothing, kill the program, or fail. */
export type AtCommit = (life: Life, moment: Moment, db: Database.Database) => void;

/** Write failures as SQLite reports them. */
export function diskError(code: 'SQLITE_FULL' | 'SQLITE_IOERR'): Error {
  return new Database.SqliteError(code === 'SQLITE_FULL' ? 'database or disk is full' : 'disk I/O error', code);
}

/** Calls `atCommit` around every commit of simulated code, also of single statements. @returns takes it out again */
export function watchCommits(time: VirtualTime, atCommit: AtCommit): () => void {
  const proto = Database.prototype as unknown as { transaction: (fn: (...args: unknown[]) => unknown) => unknown };
  const probe = new Database(':memory:');
  const statement = Object.getPrototypeOf(probe.prepare('SELECT 1')) as {
    run: (this: Database.Statement, ...args: unknown[]) => unknown;
  };
  probe.close();
  const { transaction } = proto;
  const { run } = statement;
  const around = (db: Database.Database, work: () => unknown): unknown => {
    const life = livesNow();
    time.activity += 1;
    if (!life || db.inTransaction) return work();
    if (life.isOver) throw new Killed();
    const result = work();
    atCommit(life, 'after-commit', db);
    return result;
  };

  proto.transaction = function (this: Database.Database, fn: (...args: unknown[]) => unknown) {
    const db = this;
    let depth = 0;
    const made = transaction.call(this, function (this: unknown, ...args: unknown[]) {
      const isOutermost = depth === 1;
      const result = fn.apply(this, args);
      const life = livesNow();
      if (isOutermost && life) atCommit(life, 'before-commit', db);
      return result;
    }) as Record<string, (...args: unknown[]) => unknown>;
    const wrap = (variant: (...args: unknown[]) => unknown) =>
      function (this: unknown, ...args: unknown[]) {
        const before = depth;
        depth = db.inTransaction ? 2 : 1;
        try {
          return around(db, () => variant.apply(this, args));
        } finally {
          depth = before;
        }
      };
    const main = wrap(made as unknown as (...args: unknown[]) => unknown);
    for (const name of ['default', 'deferred', 'immediate', 'exclusive'])
      Object.defineProperty(main, name, { value: wrap(made[name] as (...args: unknown[]) => unknown) });
    return main;
  };
  statement.run = function (this: Database.Statement, ...args: unknown[]) {
    const db = this.database;
    const life = livesNow();
    // A transaction begins by such a statement, too.
    if (!life || db.inTransaction || this.readonly || this.source.startsWith('BEGIN')) return run.apply(this, args);
    if (life.isOver) throw new Killed();
    atCommit(life, 'before-commit', db);
    return around(db, () => run.apply(this, args));
  };
  return () => {
    proto.transaction = transaction;
    statement.run = run;
  };
}

/** The files of a machine as another process finds them after a kill: what the system has in its cache is there. */
export function copyFiles(from: string, to: string): void {
  mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) copyFiles(source, target);
    else if (entry.isFile() && !entry.name.endsWith('-shm')) copyFileSync(source, target);
  }
}

/**
 * What a power cut leaves of a write-ahead log. With `synchronous=FULL` every commit was flushed, and at most a torn piece
 * follows; otherwise everything since the last checkpoint may be gone.
 */
export function cutPower(file: string, isFull: boolean, random: Random): void {
  const wal = `${file}-wal`;
  if (!existsSync(wal)) return;
  if (!isFull) truncateSync(wal, 0);
  else if (random.chance(0.5)) appendFileSync(wal, random.bytes(random.int(1, 600)));
}
