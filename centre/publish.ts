import { parseCalendar } from '../contract/calendar.ts';
import { parseCatalogue } from '../contract/catalogue.ts';
import { PublicationError } from '../contract/publication.ts';
import { CATALOGUE } from '../domain/catalogue/catalogue.ts';
import type { Catalogue } from '../domain/catalogue/types.ts';
import { compareVersions } from '../domain/catalogue/version.ts';
import type { CalendarPublication } from '../domain/clock/publishedCalendar.ts';
import type { OpBodies } from '../domain/ledger/op.ts';
import { CALENDAR_STREAM, CATALOGUE_STREAM } from '../domain/ledger/published.ts';
import type { Published } from './ingest.ts';
import { WorkingLedger } from './ledger/workingLedger.ts';
import { takeOwnOp } from './office/ownOp.ts';
import type { CentreStore, KnownLedger } from './store/types.ts';

/** In place of a hall, of what belongs to every one. No hall can have this name. */
export const EVERY_HALL = '*';

/**
 * Publishes a catalogue to every hall, as an op in the centre's own chain. Terminals take it with their next pull; from
 * `validFrom` on it is in force, and cases accepted before keep theirs.
 * @returns the scopes that have a new row
 * @throws PublicationError naming every wrong cell, or `version` when it is not after the newest one
 */
export async function publishCatalogue(store: CentreStore, value: unknown, now: () => number): Promise<Published[]> {
  const catalogue = parseCatalogue(value);
  return publish(store, 'catalogue.published', CATALOGUE_STREAM, catalogue, now, (known) => {
    const newest = catalogueOf(known);
    if (compareVersions(catalogue.version, newest.version) > 0) return;
    throw new PublicationError([{ path: 'version', message: `must be after ${newest.version}` }]);
  });
}

/**
 * Publishes the working calendar: whole, in place of the one before. Years it does not name are those of the program.
 * @returns the scopes that have a new row
 * @throws PublicationError naming every wrong cell
 */
export async function publishCalendar(store: CentreStore, value: unknown, now: () => number): Promise<Published[]> {
  return publish(store, 'calendar.published', CALENDAR_STREAM, parseCalendar(value), now);
}

/** The newest catalogue published, or the built-in one. */
export function catalogueOf(known: Pick<KnownLedger, 'findEntity'>): Catalogue {
  const entity = known.findEntity(CATALOGUE_STREAM)?.entity;
  return entity?.type === 'catalogue' ? entity.record.catalogue : CATALOGUE;
}

/** What a person takes to make the next publication from. */
export function readPublications(store: CentreStore): Promise<{ catalogue: Catalogue; calendar: CalendarPublication }> {
  return store.write([], (known) => {
    const entity = known.findEntity(CALENDAR_STREAM)?.entity;
    const calendar = entity?.type === 'calendar' ? entity.record.calendar : { years: [], overrides: [] };
    return { decision: new WorkingLedger(known).decision(), value: { catalogue: catalogueOf(known), calendar } };
  });
}

function publish<K extends 'catalogue.published' | 'calendar.published'>(
  store: CentreStore,
  kind: K,
  stream: string,
  body: OpBodies[K],
  now: () => number,
  check: (known: KnownLedger) => void = () => {},
): Promise<Published[]> {
  return store.write([], (known) => {
    check(known);
    const ledger = new WorkingLedger(known);
    const own = { hall: EVERY_HALL, kind, stream, actor: 'system', body };
    const refused = takeOwnOp(ledger, store.self, own, now());
    if (refused !== null) throw new Error(`${kind} was refused: ${refused}`);
    const decision = ledger.decision();
    return { decision, value: decision.scopes };
  });
}
