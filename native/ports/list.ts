import { listSysfs } from './sysfs.ts';
import type { PortDescription } from './types.ts';

interface ListedPort {
  path: string;
  vendorId?: string | undefined;
  productId?: string | undefined;
  serialNumber?: string | undefined;
  locationId?: string | undefined;
  manufacturer?: string | undefined;
}

export type ListPorts = () => Promise<PortDescription[]>;

/** Every serial port of this machine. A list that cannot be had is empty: a path that was typed opens all the same. */
export const listPorts: ListPorts = async () => {
  if (process.platform === 'linux') return listSysfs();
  const { SerialPort } = await import('serialport');
  const listed: ListedPort[] = await SerialPort.list().catch(() => []);
  return listed.map(describeListed);
};

/** What `serialport` found, in our words. */
export function describeListed(port: ListedPort): PortDescription {
  const { path, vendorId, productId, serialNumber, locationId, manufacturer } = port;
  if (!vendorId || !productId) return { path, usb: null };
  return {
    path,
    usb: {
      vendorId: vendorId.toLowerCase(),
      productId: productId.toLowerCase(),
      serialNumber: isSerialNumber(serialNumber) ? serialNumber : null,
      location: locationId || null,
      manufacturer: manufacturer || null,
    },
  };
}

/** Windows makes up an instance number such as 5&2AF1B3C1&0&2 for an adapter without one; it changes with the socket. */
function isSerialNumber(text: string | undefined): text is string {
  return text !== undefined && text !== '' && !text.includes('&');
}
