import type { DevicesConfig } from '../../contract/config/devices.ts';
import type { DeviceKind } from '../../contract/deviceKinds.ts';
import { startCertificatePrinter } from './certificatePrinter.ts';
import { startIdReader } from './idReader.ts';
import { startTicketPrinter } from './ticketPrinter.ts';
import type { Running, Workshop } from './types.ts';

/** Of a kind with several devices: the configuration of one. */
type ConfigOf<K extends DeviceKind> = NonNullable<DevicesConfig[K]>;

type Start<K extends DeviceKind> = (key: string, config: ConfigOf<K>, workshop: Workshop) => Running | Promise<Running>;

/** How each kind of device is started: the only list of them in the devices process. */
const KINDS = {
  idReader: startIdReader,
  ticketPrinter: startTicketPrinter,
  certificatePrinter: startCertificatePrinter,
} as const satisfies { [K in DeviceKind]: Start<K> };

export type RunningOf<K extends DeviceKind> = Awaited<ReturnType<(typeof KINDS)[K]>>;

export async function startDevice(
  kind: DeviceKind,
  key: string,
  config: unknown,
  workshop: Workshop,
): Promise<Running> {
  // The schema of this very kind has accepted the configuration.
  const start = KINDS[kind] as (key: string, config: unknown, workshop: Workshop) => Running | Promise<Running>;
  return start(key, config, workshop);
}
