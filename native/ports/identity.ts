import { USB_PORT } from '../../contract/config/port.ts';
import { TransportError } from '../transport/types.ts';
import type { PortDescription, UsbIdentity } from './types.ts';

/** An adapter as the configuration names it. */
export interface WantedUsb {
  vendorId: string;
  productId: string;
  serialNumber: string | null;
  location: string | null;
  /** Decides only between adapters that are otherwise equal. */
  path: string | null;
}

/** @returns null for what names no USB adapter */
export function parseUsbPort(port: string): WantedUsb | null {
  const match = USB_PORT.exec(port);
  const [, vendorId, productId, serialNumber = null, location = null, path = null] = match ?? [];
  if (!vendorId || !productId) return null;
  return { vendorId: vendorId.toLowerCase(), productId: productId.toLowerCase(), serialNumber, location, path };
}

/**
 * The path of the adapter that is meant: by its identity, and by its path only where several are equal. Numbers such as
 * ttyUSB1 and COM7 change with every plugging, so a path never outweighs an identity (devices.md §6.1).
 * @throws TransportError `port-missing`; `port-ambiguous` with the candidates when more than one fits
 */
export function choosePort(wanted: WantedUsb, ports: readonly PortDescription[], name: string): string {
  const fitting = ports.filter(({ usb }) => usb !== null && fits(wanted, usb));
  const [first, ...others] = fitting;
  if (!first) throw new TransportError('port-missing', `no adapter ${name}`);
  if (others.length === 0) return first.path;
  const byPath = fitting.find(({ path }) => path === wanted.path);
  if (byPath) return byPath.path;
  throw new TransportError('port-ambiguous', `several adapters are ${name}`, fitting.map(describeCandidate));
}

/** Whether a configured port is this one. */
export function meansPort(configured: string, port: PortDescription): boolean {
  const wanted = parseUsbPort(configured);
  return wanted ? port.usb !== null && fits(wanted, port.usb) : configured === port.path;
}

/** The strongest name an adapter has: its serial number, else its socket. */
export function identityOf({ vendorId, productId, serialNumber, location }: UsbIdentity): string {
  const base = `usb:${vendorId}:${productId}`;
  if (serialNumber !== null && /^[^@,\s]+$/.test(serialNumber)) return `${base}:${serialNumber}`;
  return location === null ? base : `${base}@${location}`;
}

function fits(wanted: WantedUsb, usb: UsbIdentity): boolean {
  return (
    wanted.vendorId === usb.vendorId &&
    wanted.productId === usb.productId &&
    (wanted.serialNumber === null || wanted.serialNumber === usb.serialNumber) &&
    (wanted.location === null || wanted.location === usb.location)
  );
}

function describeCandidate({ path, usb }: PortDescription): string {
  return usb?.location ? `${path} (@${usb.location})` : path;
}
