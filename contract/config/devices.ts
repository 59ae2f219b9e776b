import { z } from 'zod';
import { DEVICE_FAMILIES, DEVICE_KINDS, type DeviceKind } from '../deviceKinds.ts';

/** What a terminal's devices need to know (design.md §9, devices.md). One schema for the file and for the devices process. */

const port = z
  .string()
  .min(1)
  .max(200)
  .refine((value) => !value.startsWith('tcp:') || /^tcp:\/\/[^\s/:]+:\d{1,5}$/.test(value), 'expected tcp://host:port')
  .describe('a serial port such as /dev/ttyUSB0 or COM5, or tcp://host:port');

const baudRate = z.int().min(1200).max(921_600);
const flowControl = z.enum(['none', 'rtscts', 'xonxoff']).default('none');

export const idReaderConfig = z.strictObject({
  driver: z.literal('sam-ga450'),
  port,
  baudRate: baudRate.default(115_200),
});

export const ticketPrinterConfig = z.strictObject({
  driver: z.literal('escpos'),
  port,
  baudRate: baudRate.default(9600),
  columns: z.int().min(24).max(64).default(48).describe('half-width columns: 48 on 80 mm paper, 32 on 58 mm'),
  status: z.boolean().default(true).describe('false for a printer that never answers'),
  processId: z.boolean().default(true).describe('the printer answers GS ( H fn 48 after printing'),
  flowControl,
});

/** One device of each kind at a terminal. A kind of several devices is a record: whose it is → its configuration. */
export const devicesConfig = z.strictObject({
  idReader: idReaderConfig.optional(),
  ticketPrinter: ticketPrinterConfig.optional(),
} satisfies Record<DeviceKind, z.ZodType>);

export type DevicesConfig = z.infer<typeof devicesConfig>;
export type IdReaderConfig = z.infer<typeof idReaderConfig>;
export type TicketPrinterConfig = z.infer<typeof ticketPrinterConfig>;

interface AnyDevice {
  driver: string;
  port: string;
}

/** One configured device, whatever its kind. */
export interface ConfiguredDevice {
  /** `idReader`, `displays.W07`. */
  key: string;
  kind: DeviceKind;
  config: AnyDevice;
}

/** Every device of a configuration, in the order of the kinds. */
export function listDevices(config: DevicesConfig): ConfiguredDevice[] {
  return DEVICE_KINDS.flatMap((kind) => {
    const entry = config[kind];
    if (entry === undefined) return [];
    if (!DEVICE_FAMILIES.includes(kind)) return [{ key: kind, kind, config: entry }];
    return Object.entries(entry as object as Record<string, AnyDevice>).map(([name, each]) => ({
      key: `${kind}.${name}`,
      kind,
      config: each,
    }));
  });
}
