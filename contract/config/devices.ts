import { z } from 'zod';
import { DEVICE_KINDS, type DeviceKind, isFamily } from '../deviceKinds.ts';
import { displayConfig } from './displays.ts';
import { keypadConfig, ratingConfig } from './keypads.ts';
import { baudRate, flowControl, owner, port } from './port.ts';
import { findPortProblems } from './sharedPorts.ts';
import { voiceConfig } from './voices.ts';

/** What a terminal's devices need to know (design.md §9, devices.md). One schema for the file and for the devices process. */

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
export const devicesConfig = z
  .strictObject({
    idReader: idReaderConfig.optional(),
    ticketPrinter: ticketPrinterConfig.optional(),
    keypad: keypadConfig.optional(),
    rating: ratingConfig.optional(),
    displays: z.record(owner, displayConfig).optional().describe('window such as W07 → its display'),
    voices: z.record(owner, voiceConfig).optional().describe('zone such as floor-2 → its voice'),
  } satisfies Record<DeviceKind, z.ZodType>)
  .superRefine((config, context) => {
    for (const { key, field, message } of findPortProblems(listDevices(config))) {
      context.addIssue({ code: 'custom', path: [...key.split('.'), field], message });
    }
  });

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
  return DEVICE_KINDS.flatMap((kind): ConfiguredDevice[] => {
    const entry: object | undefined = config[kind];
    if (entry === undefined) return [];
    if (!isFamily(kind)) return [{ key: kind, kind, config: entry as AnyDevice }];
    return Object.entries(entry as Record<string, AnyDevice>).map(([name, each]) => ({
      key: `${kind}.${name}`,
      kind,
      config: each,
    }));
  });
}

/** The same configuration without some devices. */
export function withoutDevices(config: DevicesConfig, keys: ReadonlySet<string>): DevicesConfig {
  const entries = DEVICE_KINDS.flatMap((kind): [string, object][] => {
    const entry = config[kind];
    if (entry === undefined || keys.has(kind)) return [];
    if (!isFamily(kind)) return [[kind, entry]];
    return [[kind, Object.fromEntries(Object.entries(entry).filter(([name]) => !keys.has(`${kind}.${name}`)))]];
  });
  // What is left of a configuration that the schema has accepted.
  return Object.fromEntries(entries) as DevicesConfig;
}
