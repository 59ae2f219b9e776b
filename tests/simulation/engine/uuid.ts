import { randomBytes } from 'node:crypto';
import { toUuid } from './chance.ts';

/**
 * In place of the package `uuid` in a simulating process: the package remembers the last millisecond of the process, and
 * would let one run shift the ids of the next.
 */
export { NIL, parse, stringify } from 'uuid';

let counter = 0;

/** Rising within a millisecond too, as the real one. */
export function v7(): string {
  counter = (counter + 1) & 0xfff;
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes.writeUInt16BE(0x7000 | counter, 6);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return toUuid(bytes);
}

/** Before every run. */
export function resetIds(): void {
  counter = 0;
}
