import { listDevicesOffline, revokeDeviceOffline, settleContradictionOffline } from '../../centre/deviceCommand.ts';
import { type CentreDataOptions, existingDataOf } from './centreData.ts';
import { printLine } from './output.ts';

/** `yichuang devices`: a line for each device, after what was asked for is done. */
export async function devices({
  revoke,
  reason,
  settled,
  ...options
}: CentreDataOptions & { revoke?: string; reason: string; settled?: string }): Promise<void> {
  const where = existingDataOf(options);
  if (revoke !== undefined) await revokeDeviceOffline(where, revoke, reason);
  if (settled !== undefined) await settleContradictionOffline(where, settled);
  for (const line of await listDevicesOffline(where)) printLine({ ...line });
}
