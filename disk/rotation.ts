/** Of the last day every hour, of the week before the last of each day. Nothing personal is kept longer (domain.md §7.4). */
const HOURS = 24;
const USUAL_DAYS = 7;

/**
 * @param backups the newest first
 * @param days for which the last of each day is kept
 * @returns those that are no longer needed; the newest never is
 */
export function choosePruned<B extends { at: string }>(backups: readonly B[], days = USUAL_DAYS): B[] {
  const newest = backups[0];
  if (!newest) return [];
  const kept = new Set<string>();
  return backups.filter(({ at }) => {
    const hours = (Date.parse(newest.at) - Date.parse(at)) / 3_600_000;
    if (hours < HOURS) return false;
    const day = at.slice(0, 10);
    if (hours >= days * 24 || kept.has(day)) return true;
    kept.add(day);
    return false;
  });
}
