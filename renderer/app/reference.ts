import { createStore, type StoreApi } from 'zustand/vanilla';
import { CATALOGUE } from '../../domain/catalogue/catalogue.ts';
import type { Catalogue } from '../../domain/catalogue/types.ts';
import type { WorkCalendar } from '../../domain/clock/calendar.ts';
import { BUILT_IN_CALENDAR } from '../../domain/clock/publishedCalendar.ts';
import type { RpcClient } from '../rpc/client.ts';

/** Catalogue and calendar as the service has them; until it has answered, what came with the program. */
export interface ReferenceState {
  /** In force now. */
  catalogue: Catalogue;
  calendar: WorkCalendar;
  /** Earlier ones, by which cases and forms under way go. */
  versions: Readonly<Record<string, Catalogue>>;
  load(): Promise<void>;
  /** Fetches a version that is not here yet. */
  want(version: string): void;
}

export type ReferenceStore = StoreApi<ReferenceState>;

/** Loads anew whenever the centre has published something. */
export function createReference(client: RpcClient): ReferenceStore {
  const wanted = new Set<string>();
  const store = createStore<ReferenceState>()((set, get) => ({
    catalogue: CATALOGUE,
    calendar: BUILT_IN_CALENDAR,
    versions: {},
    async load() {
      const [catalogue, calendar] = await Promise.all([
        client.call('catalogue.items', {}),
        client.call('calendar.get', {}),
      ]);
      set(({ versions }) => ({ catalogue, calendar, versions: { ...versions, [catalogue.version]: catalogue } }));
    },
    want(version) {
      if (version === '' || wanted.has(version) || get().versions[version]) return;
      wanted.add(version);
      client.call('catalogue.items', { version }).then(
        (catalogue) => set(({ versions }) => ({ versions: { ...versions, [version]: catalogue } })),
        // Asked again by the next who needs it; until then the one in force gives the names.
        () => wanted.delete(version),
      );
    },
  }));
  client.on(
    'catalogue.changed',
    () =>
      void store
        .getState()
        .load()
        .catch(() => undefined),
  );
  return store;
}

/** The catalogue of a version; while it is not here, or for no version, the one in force. */
export function catalogueIn({ catalogue, versions }: ReferenceState, version: string): Catalogue {
  return versions[version] ?? catalogue;
}
