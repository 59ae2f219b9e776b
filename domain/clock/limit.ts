import { CATALOGUE, findItem } from '../catalogue/catalogue.ts';
import { promiseOf } from '../catalogue/promise.ts';
import type { Catalogue, ProjectKind } from '../catalogue/types.ts';

/**
 * A promised or legal time. Minutes are opening minutes. `workingDays: 0` is 当日办结: the close of the day on which the
 * clock starts.
 */
export type TimeLimit = { minutes: number } | { workingDays: number };

/** 自受理之日起三十个工作日 (不动产登记暂行条例 §20), for every item. */
export const STATUTORY_LIMIT: TimeLimit = { workingDays: 30 };

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
