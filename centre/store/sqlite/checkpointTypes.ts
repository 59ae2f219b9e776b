/** What the two threads tell each other, in shared memory: one waits for the other only when the store is closed. */
export interface CheckpointStart {
  file: string;
  /** 64 hex digits. */
  key: string;
  signal: Int32Array;
}

/** Places in the signal. */
export const STATE = 0;
/** Frames of the log that the thread found in the main file, or moved there, when it looked last. */
export const MOVED = 1;

/** Values of the state. */
export const IDLE = 0;
export const ASKED = 1;
export const STOPPING = 2;
export const GONE = 3;
