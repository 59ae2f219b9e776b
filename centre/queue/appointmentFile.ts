import { readFileSync } from 'node:fs';
import { type AppointmentFile, readAppointmentCsv } from './appointmentCsv.ts';
import type { SentRow } from './appointments.ts';

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
