import { existsSync } from 'node:fs';
import path from 'node:path';
import type Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../../tests/fixtures/centre.ts';
import { Checkpoints } from './checkpoints.ts';
import { openEncrypted } from './open.ts';

const KEY = 'ab'.repeat(32);
/** Frames after which the log is moved here. */
const FRAMES = 40;
const PAGE = 'x'.repeat(8000);

describe('checkpoints by a thread', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let file: string;
  let db: Database.Database;
  let checkpoints: Checkpoints;
  beforeEach(() => {
    folder = temporaryFolder();
    file = path.join(folder.dir, 'some.db');
    db = openEncrypted(file, KEY);
    db.exec('CREATE TABLE kept (id INTEGER PRIMARY KEY, value TEXT NOT NULL) STRICT');
    checkpoints = new Checkpoints({ db, file, key: KEY, frames: FRAMES });
  });
  afterEach(() => {
    checkpoints.stop();
    if (db.open) db.close();
    vi.restoreAllMocks();
    folder.remove();
  });

  const log = () => db.prepare<[], { log: number; checkpointed: number }>('PRAGMA wal_checkpoint(NOOP)').get();
  const frames = () => log()?.log ?? 0;
  /** Writes a row or two, commits and says so, as the store does. */
  function commit(rows: number): void {
    const add = db.prepare('INSERT INTO kept (value) VALUES (?)');
    db.transaction(() => {
      for (let row = 0; row < rows; row += 1) add.run(PAGE);
    }).immediate();
    checkpoints.note(frames());
  }
  const moved = () => log()?.checkpointed ?? 0;
  const rows = (of: Database.Database) => of.prepare('SELECT count(*) FROM kept').pluck().get();

  it('move what is in the log while nobody writes', async () => {
    commit(FRAMES);
    await vi.waitFor(() => expect(moved()).toBe(frames()), { timeout: 60_000 });
  });

  it('leave a short rest to who writes, since the log ends only when nothing is left in it', async () => {
    const reader = openEncrypted(file, KEY);
    db.prepare('INSERT INTO kept (value) VALUES (?)').run(PAGE);
    const mark = frames();
    // What was written after somebody began to read cannot be moved.
    const reading = reader.prepare('SELECT id FROM kept').iterate();
    reading.next();
    commit(FRAMES);
    await vi.waitFor(() => expect(moved()).toBe(mark), { timeout: 60_000 });
    reading.return?.();
    reader.close();
    const pragma = vi.spyOn(db, 'pragma');
    await vi.waitFor(() => {
      commit(1);
      expect(pragma).toHaveBeenCalledTimes(1);
    }, 60_000);
    expect(moved()).toBe(frames());
    commit(1);
    expect(frames()).toBeLessThan(FRAMES);
  });

  it('are over when the store closes: the log is gone then, and every row is in the file', () => {
    for (let time = 0; time < 20; time += 1) commit(10);
    checkpoints.stop();
    db.close();
    expect(existsSync(`${file}-wal`)).toBe(false);
    const again = openEncrypted(file, KEY);
    expect(rows(again)).toBe(200);
    expect(again.pragma('integrity_check', { simple: true })).toBe('ok');
    again.close();
  });

  it('are done by who writes when there is no thread', async () => {
    checkpoints.stop();
    const other = new Checkpoints({ db, file, key: 'cd'.repeat(32), frames: FRAMES });
    const add = db.prepare('INSERT INTO kept (value) VALUES (?)');
    for (let row = 0; row < FRAMES; row += 1) add.run(PAGE);
    other.note(frames());
    await vi.waitFor(() => expect(db.pragma('wal_autocheckpoint', { simple: true })).toBe(FRAMES), { timeout: 60_000 });
    add.run(PAGE);
    expect(moved()).toBe(frames());
    other.stop();
  });
});
