import type { SyncClient } from '../../sync/syncClient.ts';
import type { ServiceContext } from '../context.ts';
import { MachineReporter } from '../health/reporter.ts';

/** What this machine tells the hub of itself. @param onSpoken whoever answers speaks otherwise than before */
export function openReporter(context: ServiceContext, sync: SyncClient, onSpoken: () => void): MachineReporter {
  const { health, config, version, now, monotonic } = context;
  const { role } = config.terminal;
  const alarms = () => health.list();
  return new MachineReporter({ sync, alarms, role, program: version, onSpoken, now, monotonic });
}
