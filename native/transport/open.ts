import { openNone } from './none.ts';
import type { OpenTransport } from './types.ts';

/**
 * Opens what the configuration names: `tcp://host:port`, the sound output `audio:`, or a serial port. The serial binding is loaded only when a
 * serial port is asked for: on processors without a prebuilt one (loongarch64, sw64) TCP goes on working.
 */
export const openTransport: OpenTransport = async (options) => {
  if (options.port.startsWith('tcp://')) {
    const { openTcp } = await import('./tcp.ts');
    return openTcp(options);
  }
  if (options.port.startsWith('audio:')) return openNone(options);
  const { openSerial } = await import('./serial.ts');
  return openSerial(options);
};
