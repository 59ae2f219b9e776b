import { TransportError } from './types.ts';

/** Serial calls on a sick driver never call back (devices.md §5, finding 4): none may wait longer than this. */
export const CALL_DEADLINE_MS = 3000;

/** @throws TransportError `deadline` after `ms`; the work itself cannot be stopped and its result is dropped */
export function withDeadline<T>(work: Promise<T>, ms: number, what: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new TransportError('deadline', what)), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
