import type { DeviceOutput, DeviceStatus } from '../../contract/deviceProtocol.ts';
import { identityOf, meansPort } from './identity.ts';
import type { PortDescription } from './types.ts';

/** A port of this machine, with the device that is configured for it. */
export function describePort(
  port: PortDescription,
  devices: readonly Pick<DeviceStatus, 'device' | 'port'>[],
): DeviceOutput<'ports.list'>[number] {
  return {
    path: port.path,
    identity: port.usb && identityOf(port.usb),
    manufacturer: port.usb?.manufacturer ?? null,
    device: devices.find((each) => meansPort(each.port, port))?.device ?? null,
  };
}
