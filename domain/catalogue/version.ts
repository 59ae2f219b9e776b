import type { Catalogue } from './types.ts';

/** @returns below 0 when `a` came before `b`: 2026.2 stands before 2026.10 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  const year = (left?.[0] ?? 0) - (right?.[0] ?? 0);
  return year === 0 ? (left?.[1] ?? 0) - (right?.[1] ?? 0) : year;
}

/**
 * What is in force: of those that have begun, the one that began last, and of several that of the highest version.
 * @param today local calendar day, ISO
 */
export function inForce<C extends Pick<Catalogue, 'version' | 'validFrom'>>(
  published: readonly C[],
  today: string,
): C | null {
  const begun = published
    .filter(({ validFrom }) => validFrom <= today)
    .sort((a, b) =>
      a.validFrom === b.validFrom ? compareVersions(a.version, b.version) : a.validFrom < b.validFrom ? -1 : 1,
    );
  return begun.at(-1) ?? null;
}
