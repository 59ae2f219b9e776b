import { choosePort, parseUsbPort } from '../ports/identity.ts';
import { listPorts } from '../ports/list.ts';
import { openNone } from './none.ts';
import type { OpenTransport } from './types.ts';

/**
 * Opens what the configuration names: `tcp://host:port`, `rfc2217://host:port`, the sound output `audio:`, a serial port
 * or an adapter such as `usb:1a86:7523`. The serial binding is loaded only when a serial port is asked for: on processors
 * without a prebuilt one (loongarch64, sw64) TCP goes on working.
 */
export const openTransport: OpenTransport = async (options) => {
  if (options.port.startsWith('tcp://')) {
    const { openTcp } = await import('./tcp.ts');
    return openTcp(options);
  }
  if (options.port.startsWith('rfc2217://')) {
    const { openRfc2217 } = await import('./rfc2217/open.ts');
    return openRfc2217(options);
  }
  if (options.port.startsWith('audio:')) return openNone(options);
  const { openSerial } = await import('./serial.ts');
  const wanted = parseUsbPort(options.port);
  if (!wanted) return openSerial(options);
  // Looked up at every opening: the number of a port changes when it is plugged in again.
  return openSerial({ ...options, port: choosePort(wanted, await listPorts(), options.port) });
};
