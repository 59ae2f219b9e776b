import { readFileSync } from 'node:fs';
import type { SentRow } from './appointments.ts';

/**
 * Rows of a file of JSON lines: one appointment in each, empty lines between them allowed. A line that is no JSON is a
 * row without a value, so that it is named with the others that are wrong.
 */
export function readAppointmentFile(file: string): SentRow[] {
  const lines = readFileSync(file, 'utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/);
  return lines.flatMap((text, index): SentRow[] =>
    text.trim() === '' ? [] : [{ line: index + 1, value: parse(text) }],
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
