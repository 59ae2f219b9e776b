import type { ServiceStart } from '../../contract/serviceProtocol.ts';
import type { Store } from '../../db/store.ts';
import type { Announcer } from '../announcer.ts';
import { Health } from '../health/health.ts';
import type { Log } from '../log.ts';

interface Parts {
  start: ServiceStart;
  store: Store;
  now: () => number;
  announcer: Announcer;
  /** An alarm came or went. */
  changed: () => void;
  log: Log;
}

/** The alarms of this machine, with those of its last life, and who hears of them. */
export function openHealth({ start, store, now, announcer, changed, log }: Parts): Health {
  const health = new Health(
    now,
    (alarms) => {
      log.warn({ alarms: alarms.map(({ code, detail }) => ({ code, ...detail })) }, 'health');
      announcer.publish('health.changed', { alarms });
      changed();
    },
    store.raisedAlarms,
  );
  const { holder } = start.key;
  if (holder === 'development-file' && !start.demo) health.raise('key-weak', { holder });
  return health;
}
