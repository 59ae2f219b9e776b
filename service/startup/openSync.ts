import { connectTls } from '../../link/httpLine.ts';
import type { readTls } from '../../link/secureFetch.ts';
import { SyncClient } from '../../sync/syncClient.ts';
import type { Announcer } from '../announcer.ts';
import type { ServiceContext } from '../context.ts';
import { hearAcknowledged } from '../health/acknowledged.ts';
import type { Log } from '../log.ts';
import { noteReturned } from '../returned/note.ts';

interface Parts {
  context: ServiceContext;
  announcer: Announcer;
  tls: ReturnType<typeof readTls> | undefined;
  log: Log;
}

/** The line to the hub or centre, and who hears what comes by it; null where none is configured. */
export function openSync({ context, announcer, tls, log }: Parts): SyncClient | null {
  const { config, store, health, journal, now, monotonic } = context;
  if (!config.hub) return null;
  const sync: SyncClient = new SyncClient({
    store,
    url: config.hub.url,
    standby: config.hub.standby,
    connect: tls && connectTls(tls),
    terminal: config.terminal.id,
    hall: config.terminal.hall,
    enrolmentCode: config.hub.enrolmentCode,
    now,
    monotonic,
    onChange: () => {
      context.queue?.noteLink();
      announcer.line();
    },
    onStreams: (arrived) => {
      const noted = noteReturned(context);
      const streams = [...arrived, ...noted];
      context.queue?.noteChanged(streams);
      if (journal.follow(streams) || noted.length > 0) sync.notify();
      announcer.cases(streams);
      if (streams.some((stream) => stream.startsWith('alarm:'))) hearAcknowledged(context);
    },
    onPublished: () => announcer.publish('catalogue.changed', { version: context.catalogueInForce().version }),
    onAlarm: (code, detail) => (detail === null ? health.clear(code) : health.raise(code, detail)),
    onScopeDiffers: (scope) =>
      scope === null ? health.clear('digest-differs') : health.raise('digest-differs', { scope }),
    log: (event, fields) => log.info(fields ?? {}, event),
  });
  return sync;
}
