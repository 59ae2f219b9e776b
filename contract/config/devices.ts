import { z } from 'zod';
import { DEVICE_KINDS, type DeviceKind, isFamily } from '../deviceKinds.ts';
import { paperPath } from '../forms.ts';
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
  photo: z
    .strictObject({
      command: z.string().min(1).max(400),
      args: z.array(z.string().max(2000)).max(20).default([]),
    })
    .optional()
    .describe("the vendor's decoder of the photo: WLT on standard input, BMP, PNG or JPEG on standard output"),
});

export const ticketPrinterConfig = z.strictObject({
  driver: z.literal('escpos'),
  port,
  baudRate: baudRate.default(9600),
  columns: z.int().min(24).max(64).default(48).describe('half-width columns: 48 on 80 mm paper, 32 on 58 mm'),
  status: z.boolean().default(true).describe('false for a printer that never answers'),
  qr: z.enum(['native', 'raster']).default('native').describe('raster for a printer that cannot make QR codes itself'),
  processId: z.boolean().default(true).describe('the printer answers GS ( H fn 48 after printing'),
  flowControl,
});

const speaks = {
  port,
  baudRate: baudRate.default(9600),
  // Never `none` by itself: what overruns is missing from a certificate.
  flowControl: flowControl.removeDefault().default('xonxoff'),
  patienceSeconds: z
    .int()
    .min(1)
    .max(300)
    .default(60)
    .describe('how long the printer may take nothing before a certificate is given up'),
  paperPath: paperPath.default('front').describe('a calibration is kept for each printer, form and paper path'),
};

export const escpConfig = z.strictObject({
  driver: z.literal('escp'),
  ...speaks,
  dialect: z
    .enum(['escp2', 'lq1600k'])
    .default('lq1600k')
    .describe('lq1600k is understood by every emulation of that name; escp2 places in 1/360 inch'),
  textMode: z
    .enum(['raster', 'rom'])
    .default('raster')
    .describe('raster: our type; rom: the faster type of the printer'),
  resolution: z.enum(['180', '360']).default('180').describe('dots an inch across; 360 takes two passes'),
  quality: z.enum(['letter', 'draft']).default('letter').describe('ESC x'),
  highSpeed: z.enum(['unset', 'on', 'off']).default('unset').describe('FS x 1 or 0, whose meaning differs by model'),
  fineSteps: z.boolean().default(true).describe('false for an lq1600k whose ESC \\ does not move by 1/180 inch'),
  printableWidth: z.int().min(100).max(400).default(345).describe('millimetres from the left stop'),
});

export const pr2Config = z.strictObject({
  driver: z.literal('pr2'),
  experimental: z.literal(true).describe('says that it is known: this driver was never tried on a printer'),
  ...speaks,
  printableWidth: z.int().min(100).max(400).default(235).describe('millimetres from the left stop'),
});

export const certificatePrinterConfig = z.discriminatedUnion('driver', [escpConfig, pr2Config]);

/** One device of each kind at a terminal. A kind of several devices is a record: whose it is → its configuration. */
export const devicesConfig = z
  .strictObject({
    idReader: idReaderConfig.optional(),
    ticketPrinter: ticketPrinterConfig.optional(),
    certificatePrinter: certificatePrinterConfig.optional(),
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
export type EscpConfig = z.infer<typeof escpConfig>;
export type Pr2Config = z.infer<typeof pr2Config>;
export type CertificatePrinterConfig = z.infer<typeof certificatePrinterConfig>;

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
