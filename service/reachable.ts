import { YichuangError } from '../contract/errors.ts';
import type { SyncClient } from '../sync/syncClient.ts';
import type { ServiceContext } from './context.ts';

/**
 * The way to hub and centre, for what nobody can do without them. After a failed exchange it is tried for whoever asks.
 * @throws YichuangError `offline`: nobody is there, and nothing was done
 */
export async function reachable(context: Pick<ServiceContext, 'sync'>): Promise<SyncClient> {
  const sync = context.sync();
  if (!sync || !(await sync.isThere())) throw new YichuangError('offline');
  return sync;
}
