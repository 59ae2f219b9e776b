import type { RowProblem } from '../../contract/appointments.ts';
import type { CentreStore } from '../store/types.ts';
import { readAppointmentFile } from './appointmentFile.ts';
import { type BookVerdict, bookAppointments } from './appointments.ts';

/** As `BookVerdict`; fields are called as in the file. `ignored`: columns that mean nothing here, if there are any. */
export type ImportVerdict = BookVerdict & { ignored?: readonly string[] };

/**
 * Takes in a file, all or none, or each row for itself. One that cannot be read as a whole is refused either way.
 * @throws Error when there is no such file
 * @throws StoreBusyError when it should be tried again later
 */
export async function importAppointments(
  store: CentreStore,
  hall: string,
  { file, each = false }: { file: string; each?: boolean },
  now: number,
): Promise<ImportVerdict> {
  const { rows, broken, ignored, nameOf } = readAppointmentFile(file);
  const more = ignored.length > 0 ? { ignored } : {};
  if (broken.length > 0) return { kind: 'refused', rows: broken, ...more };
  const named = (problems: readonly RowProblem[]): RowProblem[] =>
    problems.map((problem) => (problem.where === undefined ? problem : { ...problem, where: nameOf(problem.where) }));
  const verdict = await bookAppointments(store, hall, rows, { actor: 'system', each }, now);
  switch (verdict.kind) {
    case 'done':
      return { ...verdict, wrong: named(verdict.wrong), ...more };
    case 'refused':
      return { ...verdict, rows: named(verdict.rows), ...more };
    case 'elsewhere':
      return verdict;
  }
}
