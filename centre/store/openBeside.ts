import { type CentreData, openStore } from './openStore.ts';
import type { CentreStore } from './types.ts';

/**
 * The store of a centre or hub for a command that may write beside the process that serves from it. What it writes as a centre
 * is a chain of its own, as from each start of a centre (docs/adr/0060): where the whole disk was put back, others may have
 * ops under the next numbers of the newest chain here, and whoever serves may not have written since.
 * @throws KeyFileError, StoreOpenError, MigrationError
 */
export function openBeside(data: CentreData, now: () => number = Date.now): CentreStore {
  const store = openStore(data);
  if (!store.upstream()) store.beginChain(Math.floor(now() / 1000));
  return store;
}

/** Where the data of a centre or hub are; a folder alone: in its SQLite file. */
export type DataPlace = string | CentreData;

/** Of a centre or a hub: what is the hall's own is done where the hall decides. */
export async function withStoreBeside<T>(where: DataPlace, use: (store: CentreStore) => Promise<T>): Promise<T> {
  const store = openBeside(typeof where === 'string' ? { dataDir: where } : where);
  try {
    return await use(store);
  } finally {
    store.close();
  }
}
