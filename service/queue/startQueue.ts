import type { ClockRules } from '../../domain/clock/openTime.ts';
import type { SyncClient } from '../../sync/syncClient.ts';
import type { Announcer } from '../announcer.ts';
import type { ServiceContext } from '../context.ts';
import type { Log } from '../log.ts';
import { HallQueue } from './hallQueue.ts';

interface Parts {
  sync: SyncClient;
  rules: () => ClockRules;
  announcer: Announcer;
  log: Log;
}

/** The queue of a machine that has a hub, with what it tells pages and log. */
export function startQueue(context: ServiceContext, { sync, rules, announcer, log }: Parts): HallQueue {
  const { config, store, hall, devices, sessions, now, monotonic, newId, committed } = context;
  return new HallQueue({
    ...{ config, store, hall, sync, devices, sessions, rules, now, monotonic, newId, committed },
    changed: () => announcer.publish('queue.changed', {}),
    publish: (event, payload) => announcer.publish(event, payload),
    log: (event, fields) => log.info(fields, event),
  });
}
