import type { MessagePort } from 'node:worker_threads';
import type { DatabaseAddress } from './address.ts';

/** What the blocking thread and the thread with the connection say to each other. */
export interface LineStart {
  address: DatabaseAddress;
  /** Counts up whenever there is something new: an answer, or the state of the line. */
  signal: Int32Array;
  lockTimeoutMs: number;
  /** A transaction may stand still for so long; 0: for ever. */
  idleTimeoutMs: number;
  readOnly: boolean;
  port: MessagePort;
}

/** Indexes of `signal`. */
export const SIGNAL = 0;
export const STATE = 1;

/** Values of the state. */
export const DOWN = 0;
export const UP = 1;
/** The server answered, and is not one to be used; `LineNews` says why. */
export const UNFIT = 2;

export interface LineStatement {
  text: string;
  values: readonly (string | null)[];
}

export interface LineRequest {
  id: number;
  /** The connection this belongs to; null: whichever there is. */
  session: number | null;
  statements: readonly LineStatement[];
}

export interface StatementResult {
  /** Such as `INSERT`, `COMMIT`, `ROLLBACK`. */
  command: string;
  count: number;
  /** Names and types of the columns. */
  columns: readonly { name: string; type: number }[];
  rows: readonly (readonly (string | null)[])[];
}

export type LineAnswer =
  | { id: number; session: number; results: StatementResult[] }
  /** Of the first statement that failed. */
  | { id: number; session: number; failed: { code: string; message: string } }
  | { id: number; lost: string };

/** Said without being asked. */
export interface LineNews {
  id: 0;
  /** Why the line is down or the server unfit. */
  trouble: string | null;
  /** Of the server: what an operator should change. */
  warnings: readonly string[];
}

export type LineMessage = LineRequest | { id: number; close: true } | { id: number; hangUp: true };
