import type { SyncLine } from '../contract/rpc.ts';
import { hallDay } from '../domain/time/hallTime.ts';
import type { ServiceContext } from './context.ts';

/** What waits here, what was counted today, and how the line to the hub stands. */
export function readSyncLine({
  store,
  config,
  now,
  sync,
}: Pick<ServiceContext, 'store' | 'config' | 'now' | 'sync'>): SyncLine {
  const link = sync()?.state ?? { link: 'not-configured' as const, lastContact: null, clockOffsetMs: null };
  return {
    ...store.cases.countByPlace(config.terminal.id.slice(1), hallDay(now())),
    ...store.delivery.counts(),
    heldAt: store.delivery.results.heldAt(),
    images: store.scans.countImagesToSend(),
    ...link,
  };
}
