import { listDevicesOffline, revokeDeviceOffline, settleContradictionOffline } from '../../centre/deviceCommand.ts';
import { type CentreDataOptions, dataOf } from './centreData.ts';
import { printLine } from './output.ts';

/** `yichuang devices`: a line for each device, after what was asked for is done. */
export async function devices({
  revoke,
  settled,
  ...where
}: CentreDataOptions & { revoke?: string; settled?: string }): Promise<void> {
  const data = dataOf(where);
  if (revoke !== undefined) await revokeDeviceOffline(data, revoke);
  if (settled !== undefined) await settleContradictionOffline(data, settled);
  for (const line of await listDevicesOffline(data)) printLine({ ...line });
}
