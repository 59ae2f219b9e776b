import type { MethodOutput } from '../../contract/rpc.ts';
import { LANE_CODES, LANES, type Lane } from '../../domain/case/lanes.ts';
import type { StaffRole } from '../../domain/staff/roles.ts';

export type TaskRow = MethodOutput<'office.tasks'>['rows'][number];

/** What is typed for a task, field by field. */
export type Form = Readonly<Record<string, string>>;

/** The lanes of a person, in the order of the work. */
export function lanesOf(roles: readonly StaffRole[]): Lane[] {
  return LANE_CODES.filter((lane) => roles.includes(LANES[lane].role));
}

/** The rows of a lane that a filter lets through; spaces part words that must all occur. */
export function rowsShown(rows: readonly TaskRow[], lane: Lane | null, filter: string): TaskRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    if (row.lane !== lane) return false;
    const { number, holder, itemCode, itemName, location } = row.summary;
    const text = [number, holder, itemCode, itemName, location].join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
