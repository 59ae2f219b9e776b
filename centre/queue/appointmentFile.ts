import { readFileSync } from 'node:fs';
import type { RowProblem } from '../../contract/appointments.ts';
import { readAppointmentCsv } from './appointmentCsv.ts';
import type { SentRow } from './appointments.ts';

/** What a file says, row by row, before anything is judged. */
export interface AppointmentFile {
  rows: SentRow[];
  /** The file as a whole cannot be read so: nothing of it may be taken, not even row by row. */
  broken: RowProblem[];
  /** Columns that mean nothing here. */
  ignored: string[];
  /** What whoever made the file calls the field of this path. */
  nameOf(path: string): string;
}

/** Appointments as a booking system writes them, or as an office keeps them: a file that ends in `.csv` is a table. */
export function readAppointmentFile(file: string): AppointmentFile {
  const bytes = readFileSync(file);
  if (/\.csv$/i.test(file)) return readAppointmentCsv(bytes);
  return { rows: readLines(bytes.toString('utf8')), broken: [], ignored: [], nameOf: (path) => path };
}

/**
 * One appointment in each line, empty lines between them allowed. A line that is no JSON is a row without a value, so that
 * it is named with the others that are wrong.
 */
function readLines(text: string): SentRow[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .flatMap((line, index): SentRow[] => (line.trim() === '' ? [] : [{ line: index + 1, value: parse(line) }]));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
