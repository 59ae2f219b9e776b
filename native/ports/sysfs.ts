import { readdir, readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { PortDescription, UsbIdentity } from './types.ts';

const SYS = '/sys';
/** Between a port and its adapter lie the interface and perhaps the port of an adapter with several. */
const MAX_CLIMB = 6;
/** Type 0 of an on-board port: the driver made it, and there is no such chip. */
const NO_CHIP = '0';

/**
 * Serial ports of Linux, straight from the kernel: needs no udevadm, knows the socket of an adapter, and sees drivers
 * whose names `serialport` filters out, such as ttyCH343USB0 (devices.md §5, finding 7).
 * @param root for another tree than this machine's
 */
export async function listSysfs(root: string = SYS): Promise<PortDescription[]> {
  const folder = join(root, 'class', 'tty');
  const names = await readdir(folder).catch(() => []);
  const described = await Promise.all(names.map((name) => describe(folder, name)));
  return described
    .filter((each) => each !== null)
    .sort((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }));
}

async function describe(folder: string, name: string): Promise<PortDescription | null> {
  // Consoles and pseudo-terminals have no device behind them.
  const device = await realpath(join(folder, name, 'device')).catch(() => null);
  if (device === null || (await read(folder, name, 'type')) === NO_CHIP) return null;
  return { path: `/dev/${name}`, usb: await findUsb(device) };
}

async function findUsb(device: string): Promise<UsbIdentity | null> {
  let folder = device;
  for (let climbed = 0; climbed < MAX_CLIMB; climbed++) {
    const vendorId = await read(folder, 'idVendor');
    const productId = await read(folder, 'idProduct');
    if (vendorId && productId) {
      return {
        vendorId: vendorId.toLowerCase(),
        productId: productId.toLowerCase(),
        serialNumber: await read(folder, 'serial'),
        location: basename(folder),
        manufacturer: await read(folder, 'manufacturer'),
      };
    }
    folder = dirname(folder);
  }
  return null;
}

/** Null when there is no such file, or nothing in it. */
async function read(...path: string[]): Promise<string | null> {
  const text = await readFile(join(...path), 'utf8').catch(() => '');
  return text.trim() || null;
}
