import type { SyncClient } from '../../sync/syncClient.ts';
import type { ServiceContext } from '../context.ts';
import { MachineReporter } from '../health/reporter.ts';

/** What this machine tells the hub of itself. */
export function openReporter(context: ServiceContext, sync: SyncClient): MachineReporter {
  const { health, config, version, now, monotonic } = context;
  const { role } = config.terminal;
  return new MachineReporter({ sync, alarms: () => health.list(), role, program: version, now, monotonic });
}
