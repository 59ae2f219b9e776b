import { type DeviceKind, kindOf } from '../../contract/deviceKinds.ts';
import type { DeviceHealth, DeviceStatus } from '../../contract/deviceProtocol.ts';

/** What stands on the bar as one: all devices of a kind, eight displays as much as one printer. */
export interface LightGroup {
  kind: DeviceKind;
  devices: readonly DeviceStatus[];
  /** Of the device that is worst off. */
  health: DeviceHealth;
  /** How many are as badly off as that. */
  count: number;
}

/** Best first. */
const ORDER: readonly DeviceHealth[] = ['online', 'unknown', 'starting', 'attention', 'fault', 'offline'];

/** @returns one group for each kind, in the order in which the kinds come */
export function groupLights(devices: readonly DeviceStatus[]): LightGroup[] {
  const kinds = new Map<DeviceKind, DeviceStatus[]>();
  for (const device of devices) {
    const kind = kindOf(device.device);
    kinds.set(kind, [...(kinds.get(kind) ?? []), device]);
  }
  return [...kinds].map(([kind, members]) => {
    const health = ORDER.findLast((each) => members.some((device) => device.health === each)) ?? 'unknown';
    return { kind, devices: members, health, count: members.filter((device) => device.health === health).length };
  });
}
