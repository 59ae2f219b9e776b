import type { Publications } from '../db/publications.ts';
import { CATALOGUE } from '../domain/catalogue/catalogue.ts';
import type { Catalogue } from '../domain/catalogue/types.ts';
import { inForce } from '../domain/catalogue/version.ts';
import { clockRules } from '../domain/clock/caseClock.ts';
import type { OpeningHoursText } from '../domain/clock/openingHours.ts';
import type { ClockRules } from '../domain/clock/openTime.ts';
import { calendarOf } from '../domain/clock/publishedCalendar.ts';

/**
 * Catalogue and calendar as they are in force on this terminal: what the centre published, and until it has published
 * any, what came with the program. A publication counts from the moment it is in the store.
 */
export class Reference {
  readonly #publications: Publications;
  readonly #hours: OpeningHoursText;
  readonly #catalogues = new Map<string, Catalogue>();
  #rules: { version: number; value: ClockRules } | null = null;

  constructor(publications: Publications, hours: OpeningHoursText) {
    this.#publications = publications;
    this.#hours = hours;
  }

  /** @param today local calendar day, ISO */
  catalogueInForce(today: string): Catalogue {
    const newest = inForce(this.#publications.catalogues(), today);
    return newest ? this.catalogueOf(newest.version) : CATALOGUE;
  }

  /**
   * The catalogue a case was accepted under. A version that was never published is one of the program's own: the
   * built-in one still knows every item and name of those before it.
   */
  catalogueOf(version: string): Catalogue {
    const known = this.#catalogues.get(version);
    if (known) return known;
    const published = this.#publications.catalogue(version);
    if (!published) return CATALOGUE;
    this.#catalogues.set(version, published);
    return published;
  }

  /** Calendar and opening hours by which cases are due. */
  clockRules(): ClockRules {
    const version = this.#publications.calendarVersion();
    if (this.#rules?.version !== version) {
      this.#rules = { version, value: clockRules(this.#hours, calendarOf(this.#publications.calendar())) };
    }
    return this.#rules.value;
  }
}
