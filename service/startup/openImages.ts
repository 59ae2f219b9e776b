import type { TerminalConfig } from '../../contract/config.ts';
import type { Store } from '../../db/store.ts';
import type { TlsMaterial } from '../../link/secureFetch.ts';
import type { SyncClient } from '../../sync/syncClient.ts';
import type { Announcer } from '../announcer.ts';
import { Images } from '../images.ts';
import type { Log } from '../log.ts';

interface Parts {
  config: TerminalConfig;
  store: Store;
  tls: TlsMaterial | undefined;
  now: () => number;
  announcer: Announcer;
  sync: () => SyncClient | null;
  log: Log;
}

/** Images of scanned pages, on the line by which the records go. */
export function openImages({ config, store, tls, now, announcer, sync, log }: Parts): Images {
  return new Images({
    ...{ tls, store, config, now, log },
    url: () => sync()?.url ?? null,
    isConnected: () => sync()?.state.link === 'connected',
    gate: () => sync()?.gate ?? null,
    onChange: () => announcer.line(),
  });
}
