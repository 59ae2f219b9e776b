import { z } from 'zod';
import type { SlipDocument } from '../domain/slip/document.ts';
import { devicesConfig } from './config/devices.ts';
import { identityCard } from './identity.ts';

/** Messages between the service and the devices process. The devices process owns every port and no database. */

/** A key of `devices` in the configuration; of a kind with several devices also whose it is: `displays.W07`. */
export const deviceKey = z.string().regex(/^[a-zA-Z]{1,24}(\.[A-Za-z0-9-]{1,40})?$/);
export type DeviceKey = z.infer<typeof deviceKey>;

/**
 * `online`: answered within its heartbeat. `attention`: works, but wants a person (paper near end).
 * `fault`: answers, cannot work (paper out). `offline`: does not answer. `unknown`: cannot be asked (no status line).
 */
export const deviceHealth = z.enum(['starting', 'online', 'attention', 'fault', 'offline', 'unknown']);

export const deviceStatus = z.strictObject({
  device: deviceKey,
  driver: z.string(),
  port: z.string(),
  health: deviceHealth,
  /** A code of contract/errors.ts or of the driver's own list; null when all is well. */
  reason: z.string().nullable(),
  message: z.string().nullable().describe('for the clerk, Chinese'),
  since: z.iso.datetime(),
});

export const deviceMethods = {
  /** First message; opens the ports. Ports that fail are retried, the call does not wait for them. */
  'devices.configure': { input: devicesConfig, output: z.strictObject({}) },
  'devices.status': { input: z.strictObject({}), output: z.array(deviceStatus) },
  /** Waits for a card until the deadline. */
  'reader.read': { input: z.strictObject({ waitMs: z.int().min(0).max(60_000) }), output: identityCard },
  /** While watching, each newly laid card is read once and sent as the event `reader.card`. */
  'reader.watch': { input: z.strictObject({ on: z.boolean() }), output: z.strictObject({}) },
  /** Resolves after the printer confirmed, or with `sent` when it cannot confirm. */
  'printer.print': {
    input: z.strictObject({ document: z.custom<SlipDocument>((value) => typeof value === 'object' && value !== null) }),
    output: z.strictObject({ confirmation: z.enum(['device', 'sent']), unprintable: z.array(z.string()) }),
  },
  'devices.test': { input: z.strictObject({ device: deviceKey }), output: deviceStatus },
} as const;

export type DeviceMethod = keyof typeof deviceMethods;
export type DeviceInput<M extends DeviceMethod> = z.infer<(typeof deviceMethods)[M]['input']>;
export type DeviceOutput<M extends DeviceMethod> = z.infer<(typeof deviceMethods)[M]['output']>;

/** Pushed by the devices process without being asked. */
export const deviceEvents = {
  'device.status': deviceStatus,
  'reader.card': z.strictObject({
    card: identityCard,
    /** Milliseconds from the first request of the read cycle to the last byte of the record. */
    readMs: z.number(),
  }),
  /** A card was there but could not be read. */
  'reader.failed': z.strictObject({ code: z.string(), message: z.string() }),
} as const;

export type DeviceStatus = z.infer<typeof deviceStatus>;
export type DeviceHealth = z.infer<typeof deviceHealth>;
export type DeviceEvent = keyof typeof deviceEvents;
export type DeviceEventPayload<E extends DeviceEvent> = z.infer<(typeof deviceEvents)[E]>;
