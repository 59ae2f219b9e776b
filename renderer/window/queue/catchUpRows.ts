import type { CatchUpRow } from '../../../domain/queue/commands.ts';
import { QUEUES, type Queue } from '../../../domain/queue/ticketTypes.ts';
import { localDay } from '../../app/format.ts';

/** Rows of the paper roll as they are typed (issue: paper-roll mode). Pure. */

export interface TypedRow {
  number: string;
  /** Null: what the letter says. */
  queue: Queue | null;
  taken: string;
  called: string;
  finished: string;
}

export type Column = 'number' | 'queue' | 'taken' | 'called' | 'finished';
export type RowProblem = 'number' | 'twice' | 'time' | 'order' | 'future' | 'taken';
export interface Problem {
  column: Column;
  problem: RowProblem;
}

export const EMPTY_ROW: TypedRow = { number: '', queue: null, taken: '', called: '', finished: '' };

export function isEmptyRow({ number, taken, called, finished }: TypedRow): boolean {
  return [number, taken, called, finished].every((text) => text.trim() === '');
}

/** `a15` is A015: what is torn off is written as it is spoken. */
export function readNumber(typed: string): string | null {
  const [, letters, digits] = /^([A-Z]{1,2})(\d{1,4})$/.exec(typed.trim().toUpperCase()) ?? [];
  return letters === undefined || digits === undefined ? null : `${letters}${digits.padStart(3, '0')}`;
}

/** The queue that the letter of a number names, when it names one: V, Y, E and L are of every queue. */
export function queueOfNumber(number: string | null): Queue | null {
  return QUEUES.find((queue) => number?.startsWith(queue)) ?? null;
}

/** `0942`, `942`, `9:42` or `9：42` of the day. @returns ISO instant, or null when it is no time */
export function readTime(typed: string, day: string): string | null {
  const [, hour, minute] = /^(\d{1,2})[:\uff1a]?(\d{2})$/.exec(typed.trim()) ?? [];
  if (hour === undefined || minute === undefined || Number(hour) > 23 || Number(minute) > 59) return null;
  return new Date(`${day}T${hour.padStart(2, '0')}:${minute}:00.000+08:00`).toISOString();
}

/**
 * @param usual the queue of a number whose letter names none
 * @param now ISO instant; the rows are of its day
 * @returns the first problem of each row that has one, by its index, and what can be sent when there is none
 */
export function readRows(
  rows: readonly TypedRow[],
  usual: Queue,
  now: string,
): { problems: Map<number, Problem>; rows: CatchUpRow[] } {
  const day = localDay(now);
  const problems = new Map<number, Problem>();
  const seen = new Set<string>();
  const read = rows.flatMap((row, index): CatchUpRow[] => {
    if (isEmptyRow(row)) return [];
    const number = readNumber(row.number);
    const found = problemOf(row, number, day, now) ?? (number !== null && seen.has(number) ? TWICE : null);
    if (found || number === null) {
      problems.set(index, found ?? NO_NUMBER);
      return [];
    }
    seen.add(number);
    return [
      {
        number,
        queue: row.queue ?? queueOfNumber(number) ?? usual,
        takenAt: readTime(row.taken, day) ?? now,
        calledAt: row.called.trim() === '' ? null : readTime(row.called, day),
        finishedAt: row.finished.trim() === '' ? null : readTime(row.finished, day),
      },
    ];
  });
  return { problems, rows: read };
}

const NO_NUMBER: Problem = { column: 'number', problem: 'number' };
const TWICE: Problem = { column: 'number', problem: 'twice' };

function problemOf(row: TypedRow, number: string | null, day: string, now: string): Problem | null {
  if (number === null) return NO_NUMBER;
  if (row.taken.trim() === '') return { column: 'taken', problem: 'taken' };
  let before = '';
  for (const column of ['taken', 'called', 'finished'] as const) {
    if (row[column].trim() === '') continue;
    const at = readTime(row[column], day);
    if (at === null) return { column, problem: 'time' };
    if (at > now) return { column, problem: 'future' };
    // Finished without having been called: one of the two is wrong.
    if (at < before || (column === 'finished' && row.called.trim() === '')) return { column, problem: 'order' };
    before = at;
  }
  return null;
}
