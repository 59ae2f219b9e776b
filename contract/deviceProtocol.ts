import { z } from 'zod';
import type { SlipDocument } from '../domain/slip/document.ts';
import { devicesConfig } from './config/devices.ts';
import { identityCard, photoImage } from './identity.ts';

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

const jobBytes = z
  .string()
  .min(4)
  .max(8_000_000)
  // Plain classes: a grouped expression over so many characters exhausts the stack of the matcher.
  .regex(/^[A-Za-z0-9+/]+={0,2}$/)
  .describe('base64');

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
  /**
   * Resolves when the operating system took the last byte; flow control may hold it back for minutes. A job is begun
   * once: a second call with its id is refused.
   * @throws `certificate-not-started` only when no byte can have left this machine, otherwise `certificate-interrupted`
   */
  'certificate.send': {
    input: z.strictObject({ jobId: z.string().min(1).max(80), bytes: jobBytes }),
    output: z.strictObject({ jobId: z.string(), bytes: z.int(), firstByteMs: z.number(), ms: z.number() }),
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
  /** Of the card just read, when the reader's photo decoder gave a picture. For the clerk's eyes; kept nowhere. */
  'reader.photo': z.strictObject({ number: z.string(), image: photoImage }),
  /** A card was there but could not be read. */
  'reader.failed': z.strictObject({ code: z.string(), message: z.string() }),
  /** `waiting`: for the paper or for the printer to take more. */
  'certificate.progress': z.strictObject({
    jobId: z.string(),
    phase: z.enum(['waiting', 'sending', 'sent']),
    sent: z.int(),
    total: z.int(),
  }),
} as const;

/** A certificate takes its time: what a caller of `certificate.send` waits at least. */
export const CERTIFICATE_DEADLINE_MS = 600_000;

export type DeviceStatus = z.infer<typeof deviceStatus>;
export type DeviceHealth = z.infer<typeof deviceHealth>;
export type DeviceEvent = keyof typeof deviceEvents;
export type DeviceEventPayload<E extends DeviceEvent> = z.infer<(typeof deviceEvents)[E]>;
