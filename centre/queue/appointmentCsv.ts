import { CsvError, parse } from 'csv-parse/sync';
import type { RowProblem } from '../../contract/appointments.ts';
import { COLUMNS, type Column, fieldsOf } from './appointmentColumns.ts';
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

/** Between cells: a comma, or what a spreadsheet of another setting puts there. */
const DELIMITERS = [',', '\t', ';'] as const;

/**
 * A table as an office exports it from a spreadsheet: the first row names the columns, in any order; UTF-8 with or without
 * its mark, UTF-16 with it, or GB18030. Lines are counted as the spreadsheet counts its rows, the head being the first.
 */
export function readAppointmentCsv(bytes: Uint8Array): AppointmentFile {
  const nothing = { rows: [], ignored: [], nameOf };
  const text = decode(bytes);
  if (text === null) return { ...nothing, broken: [{ line: 1, problem: 'bad-row' }] };
  const table = split(text);
  if ('line' in table) return { ...nothing, broken: [table] };
  const [head = [], ...rest] = table.records;
  const { places, missing, ignored } = findColumns(head);
  if (missing.length > 0) {
    const broken = missing.map(({ names: [where] }): RowProblem => ({ line: 1, problem: 'column-missing', where }));
    return { ...nothing, broken };
  }
  return {
    rows: rest.flatMap((cells, index) => readRow(cells, index + 2, head.length, places)),
    broken: [],
    ignored,
    nameOf,
  };
}

/**
 * Nothing in the file says its encoding but a mark. Chinese in GB18030 is as good as never sound UTF-8, so that is tried
 * first. @returns null: neither
 */
function decode(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  const encodings = first === 0xff && second === 0xfe ? ['utf-16le'] : ['utf-8', 'gb18030'];
  for (const encoding of encodings) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The next one.
    }
  }
  return null;
}

/** @returns where the quotes are not in order: from there on nobody knows what is a cell */
function split(text: string): { records: string[][] } | RowProblem {
  const [head = ''] = text.split(/\r?\n/, 1);
  const delimiter = DELIMITERS.find((each) => head.includes(each)) ?? ',';
  try {
    return { records: parse(text, { delimiter, relax_column_count: true }) };
  } catch (error) {
    if (error instanceof CsvError) return { line: Number(error.lines), problem: 'bad-row' };
    throw error;
  }
}

type Places = ReadonlyMap<Column['key'], number>;

function findColumns(head: readonly string[]): { places: Places; missing: Column[]; ignored: string[] } {
  const titles = head.map((title) => title.normalize('NFKC').replaceAll(/\s/g, ''));
  const places = new Map<Column['key'], number>();
  for (const { key, names } of COLUMNS) {
    const at = titles.findIndex((title) => names.includes(title));
    if (at >= 0) places.set(key, at);
  }
  const used = new Set(places.values());
  return {
    places,
    missing: COLUMNS.filter(({ key, isOptional }) => !isOptional && !places.has(key)),
    ignored: titles.filter((title, index) => title !== '' && !used.has(index)),
  };
}

/** An empty row is none; one with more cells than there are columns has slipped, and means nothing. */
function readRow(cells: readonly string[], line: number, columns: number, places: Places): SentRow[] {
  if (cells.every((cell) => cell.trim() === '')) return [];
  if (cells.slice(columns).some((cell) => cell.trim() !== '')) return [{ line, value: undefined }];
  const cell = (key: Column['key']): string => cells[places.get(key) ?? -1] ?? '';
  return [{ line, value: fieldsOf(cell) }];
}

/** `slot.from` → 时段 */
function nameOf(path: string): string {
  const keys = path.split('.');
  return COLUMNS.find(({ key }) => keys.includes(key))?.names[0] ?? path;
}
