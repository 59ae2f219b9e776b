import { workerData } from 'node:worker_threads';
import { ASKED, type CheckpointStart, GONE, IDLE, MOVED, STATE, STOPPING } from './checkpointTypes.ts';
import { openEncrypted } from './open.ts';

/** The thread that moves the log into the main file (docs/adr/0059), by a connection of its own that writes nothing else. */

/** While it is opened; a checkpoint waits for nobody, and what cannot be moved now is moved the next time. */
const BUSY_TIMEOUT_MS = 5000;

const { file, key, signal } = workerData as CheckpointStart;

try {
  const db = openEncrypted(file, key, BUSY_TIMEOUT_MS);
  try {
    const move = db.prepare<[], { checkpointed: number }>('PRAGMA wal_checkpoint(PASSIVE)');
    for (;;) {
      Atomics.wait(signal, STATE, IDLE);
      if (Atomics.load(signal, STATE) === STOPPING) break;
      Atomics.store(
        signal,
        MOVED,
        frames(() => move.get()?.checkpointed ?? 0),
      );
      Atomics.compareExchange(signal, STATE, ASKED, IDLE);
    }
  } finally {
    db.close();
  }
} finally {
  Atomics.store(signal, STATE, GONE);
  Atomics.notify(signal, STATE);
}

/** A disk that is full or fails says so to whoever writes; here it only means that nothing was moved. */
function frames(look: () => number): number {
  try {
    return Math.max(0, look());
  } catch {
    return 0;
  }
}
