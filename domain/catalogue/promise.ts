import type { Item, Limit, ProjectKind } from './types.ts';

/** True for D01, whose promised time depends on the kind of project (domain.md §2.5). */
export function asksProjectKind(item: Item): boolean {
  return 'byProjectKind' in item.promise;
}

/** @returns the promised length, or null while the kind of project it depends on is not known */
export function promiseOf(item: Item, projectKind: ProjectKind | undefined): Limit | null {
  if (!('byProjectKind' in item.promise)) return item.promise;
  if (projectKind === undefined) return null;
  return { unit: item.promise.unit, amount: item.promise.byProjectKind[projectKind] };
}
