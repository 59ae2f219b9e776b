import type Database from 'better-sqlite3';
import { readMeta, writeMeta } from './meta.ts';

/**
 * Numbers that a lost copy of these data may have put on paper. A restored machine does not know them, so it leaves the
 * rest of their thousand out: a window does not take a thousand cases in a day.
 */
const BLOCK = 1000;
/** Two copies of the same data that both go on do so under epochs of their own, and so in thousands of their own. */
const APART = 4;

/** @param day `20261127` @param used highest sequence known to be used that day @param epoch that begins now */
export function leaveOut(db: Database.Database, day: string, used: number, epoch: number): void {
  const [known, before] = split(readMeta(db, 'numbers-after'));
  const from = known === day ? Math.max(used, before) : used;
  const thousand = Math.max(Math.floor(from / BLOCK) + 1, 1 + ((epoch + APART - 2) % APART));
  writeMeta(db, 'numbers-after', `${day}:${thousand * BLOCK}`);
}

/** @param prefix of a number, with the day in it. @returns the sequence after which numbers begin, 0 on any other day */
export function readNumbersAfter(db: Database.Database, prefix: string): number {
  const [day, after] = split(readMeta(db, 'numbers-after'));
  return day !== '' && prefix.replace(/^[A-Z]/, '').startsWith(day) ? after : 0;
}

function split(value: string | null): [day: string, after: number] {
  const [day = '', after = '0'] = (value ?? '').split(':');
  return [day, Number(after)];
}
