import type { Catalogue } from '../catalogue/types.ts';
import { compareVersions } from '../catalogue/version.ts';
import type { CalendarPublication } from '../clock/publishedCalendar.ts';

/**
 * What the centre publishes to every hall (scope `catalog`). One stream each, for ever: publications of one thing have an
 * order, and of two made at once one is refused.
 */
export const CATALOGUE_STREAM = 'catalogue:00000000-0000-4000-8000-000000000001';
export const CALENDAR_STREAM = 'calendar:00000000-0000-4000-8000-000000000002';

/** The scope of both. */
export const CATALOG_SCOPE = 'catalog';

export interface CatalogueRecord {
  id: string;
  version: number;
  /** The newest published; earlier ones stay in the log, where cases accepted under them find them. */
  catalogue: Catalogue;
}

export interface CalendarRecord {
  id: string;
  version: number;
  calendar: CalendarPublication;
  /** ISO instant. */
  publishedAt: string;
}

/** True for ops that belong to no hall. */
export function isForEveryHall(stream: string): boolean {
  return stream === CATALOGUE_STREAM || stream === CALENDAR_STREAM;
}

/** A version is given once: a case says by it what it was accepted under. */
export function isLater(next: Catalogue, before: Catalogue): boolean {
  return compareVersions(next.version, before.version) > 0;
}
