import { Worker } from 'node:worker_threads';
import type Database from 'better-sqlite3';
import { ASKED, type CheckpointStart, GONE, IDLE, MOVED, STATE, STOPPING } from './checkpointTypes.ts';
import { CHECKPOINT_FRAMES } from './open.ts';

const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? './checkpointWorker.ts' : './checkpointWorker.mjs',
  import.meta.url,
);

/** So many times the usual length the log may have before whoever writes moves it after all. */
const BOUND = 8;
/** A rest this long is moved at once: the log starts over only when all of it is in the main file. */
const REST_FRAMES = 64;
/** Where much is written the thread never catches up with the last commit. */
const PASSES = 3;
/** For a checkpoint under way when the store closes, ms. */
const STOP_MS = 30_000;

export interface CheckpointOptions {
  db: Database.Database;
  file: string;
  /** 64 hex digits. */
  key: string;
  /** The log is moved once it has so many frames. */
  frames?: number;
}

/**
 * Checkpoints by a thread: moving the log into the main file is a tenth of the work of a commit, and two waits for the
 * disk, and whoever serves has no time for it. What was committed is in the log and synced before; a checkpoint only copies it,
 * so nothing depends on when it happens. Alone the thread would never end the log while commits go on, since SQLite starts it
 * over only when nothing is left in it: the short rest is moved here. Without the thread everything is as it was.
 */
export class Checkpoints {
  readonly #db: Database.Database;
  readonly #frames: number;
  readonly #start: CheckpointStart;
  #passes = 0;
  /** Length of the log when it was looked at last. */
  #lookedAt = 0;

  constructor({ db, file, key, frames = CHECKPOINT_FRAMES }: CheckpointOptions) {
    this.#db = db;
    this.#frames = frames;
    this.#start = { file, key, signal: new Int32Array(new SharedArrayBuffer(8)) };
    db.pragma(`wal_autocheckpoint=${BOUND * frames}`);
    // At once, while nobody waits: its first second is spent on being loaded.
    this.#begin();
  }

  /** To be called after each COMMIT. @param length frames of the log, those in the main file too */
  note(length: number): void {
    if (length < this.#frames) {
      this.#passes = 0;
      this.#lookedAt = 0;
      return;
    }
    const { signal } = this.#start;
    const state = Atomics.load(signal, STATE);
    if (state === GONE || state === STOPPING) return;
    if (state !== IDLE || length === this.#lookedAt) return;
    this.#lookedAt = length;
    const rest = length - Atomics.load(signal, MOVED);
    if (this.#passes > 0 && (rest <= REST_FRAMES || this.#passes >= PASSES)) {
      this.#db.pragma('wal_checkpoint(PASSIVE)');
      this.#passes = 0;
      return;
    }
    this.#passes += 1;
    Atomics.store(signal, STATE, ASKED);
    Atomics.notify(signal, STATE);
  }

  /** The thread has closed its connection when this returns. */
  stop(): void {
    const { signal } = this.#start;
    const deadline = performance.now() + STOP_MS;
    let state = Atomics.load(signal, STATE);
    while (state !== GONE && performance.now() < deadline) {
      if (Atomics.compareExchange(signal, STATE, state, STOPPING) === state) {
        Atomics.notify(signal, STATE);
        Atomics.wait(signal, STATE, STOPPING, deadline - performance.now());
      }
      state = Atomics.load(signal, STATE);
    }
  }

  #begin(): void {
    const worker = new Worker(WORKER, { workerData: this.#start });
    worker.unref();
    const fallBack = () => {
      Atomics.store(this.#start.signal, STATE, GONE);
      if (this.#db.open) this.#db.pragma(`wal_autocheckpoint=${this.#frames}`);
    };
    worker.on('error', fallBack);
    worker.on('exit', fallBack);
  }
}
