import { CATALOGUE, findItem } from '../catalogue/catalogue.ts';
import { promiseOf } from '../catalogue/promise.ts';
import type { Catalogue, ProjectKind } from '../catalogue/types.ts';

/**
 * A promised or legal time. Minutes are opening minutes. `workingDays: 0` is 当日办结: the close of the day on which the
 * clock starts. `days` are calendar days; one that ends on a day off goes on to the next working day (民法典 §203).
 */
export type TimeLimit = { minutes: number } | { workingDays: number } | { days: number };

/** 自受理之日起三十个工作日 (不动产登记暂行条例 §20), for every registration. */
export const STATUTORY_LIMIT: TimeLimit = { workingDays: 30 };

/**
 * What the law gives for an item: 30 working days for a registration; 3 days for a withdrawal from the provident fund and
 * 15 for a loan (住房公积金管理条例 §25, §26). An item the catalogue does not know is taken for a registration.
 * @returns null where the law sets no limit
 */
export function statutoryLimit({ itemCode }: { itemCode: string }, catalogue: Catalogue = CATALOGUE): TimeLimit | null {
  const item = findItem(itemCode, catalogue);
  if (!item) return STATUTORY_LIMIT;
  if (item.business === 'registration') return { workingDays: item.statutoryWorkingDays };
  return item.statutoryDays === null ? null : { days: item.statutoryDays };
}

/** The only place that knows how the catalogue writes a promise. @returns null for an item the catalogue does not know */
export function promisedLimit(
  of: { itemCode: string; projectKind?: ProjectKind | null | undefined },
  catalogue: Catalogue = CATALOGUE,
): TimeLimit | null {
  const item = findItem(of.itemCode, catalogue);
  const promise = item ? promiseOf(item, of.projectKind ?? undefined) : null;
  if (promise === null) return null;
  return promise.unit === 'minutes' ? { minutes: promise.amount } : { workingDays: promise.amount };
}
