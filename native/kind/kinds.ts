import type { DevicesConfig } from '../../contract/config/devices.ts';
import type { DeviceFamily, DeviceKind } from '../../contract/deviceKinds.ts';
import { startCertificatePrinter } from './certificatePrinter.ts';
import { startDisplay } from './displays.ts';
import { startIdReader } from './idReader.ts';
import { startKeypad } from './keypad.ts';
import { startRating } from './rating.ts';
import { startTicketPrinter } from './ticketPrinter.ts';
import type { Running, Workshop } from './types.ts';
import { startVoice } from './voices.ts';

/** Of a kind with several devices: the configuration of one. */
type ConfigOf<K extends DeviceKind> = K extends DeviceFamily
  ? NonNullable<DevicesConfig[K]>[string]
  : NonNullable<DevicesConfig[K]>;

type Start<K extends DeviceKind> = (key: string, config: ConfigOf<K>, workshop: Workshop) => Running | Promise<Running>;

/** How each kind of device is started: the only list of them in the devices process. */
const KINDS = {
  idReader: startIdReader,
  ticketPrinter: startTicketPrinter,
  displays: startDisplay,
  voices: startVoice,
  keypad: startKeypad,
  rating: startRating,
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
