import { z } from 'zod';
import type { SlipDocument } from '../domain/slip/document.ts';
import { announcement } from './announcement.ts';
import { devicesConfig } from './config/devices.ts';
import { owner } from './config/port.ts';
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

/** A serial port of this machine. */
export const serialPort = z.strictObject({
  path: z.string().describe('what opens it now'),
  identity: z
    .string()
    .nullable()
    .describe('what keeps its meaning when it is plugged in again; null: not a USB adapter'),
  manufacturer: z.string().nullable(),
  /** A configured device names this port. */
  device: deviceKey.nullable(),
});

/** The last of what went over the port of a device. */
export const portRecord = z.strictObject({
  port: z.string(),
  /** `openings`, `losses`, `bytesIn`, `bytesOut`, `lineErrors`, and what the driver counts: `partial`, `garbage`, `retries`. */
  counters: z.record(z.string(), z.int().min(0)),
  entries: z.array(
    z.strictObject({
      at: z.iso.datetime(),
      kind: z.enum(['tx', 'rx', 'note']),
      text: z.string().describe('bytes in hex; `··` stands for one that may belong to a person'),
    }),
  ),
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
  /** What the display over a window shows from now on; resolves when the display took it. Shown again after a loss. */
  'display.show': {
    input: z.strictObject({
      window: owner,
      text: z.string().max(100),
      number: z.int().min(0).max(9999).nullable().describe('for displays of digits; null: nothing'),
      attention: z.boolean().describe('somebody is called'),
    }),
    output: z.strictObject({}),
  },
  /** Waits its turn in the zone; resolves when it was spoken, `spoken` times, or 0 when `voice.stop` came first. */
  'voice.speak': {
    input: z.strictObject({
      zone: owner,
      announcement,
      slow: z.boolean().optional().describe('for the elder: slowly, and at least twice'),
    }),
    output: z.strictObject({ spoken: z.int().min(0) }),
  },
  /** Silence in a zone: what is spoken is broken off, what waits is dropped. */
  'voice.stop': { input: z.strictObject({ zone: owner }), output: z.strictObject({}) },
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
  'devices.record': { input: z.strictObject({ device: deviceKey }), output: portRecord },
  'ports.list': { input: z.strictObject({}), output: z.array(serialPort) },
} as const;

export type DeviceMethod = keyof typeof deviceMethods;
export type DeviceInput<M extends DeviceMethod> = z.infer<(typeof deviceMethods)[M]['input']>;
export type DeviceOutput<M extends DeviceMethod> = z.infer<(typeof deviceMethods)[M]['output']>;

/** Pushed by the devices process without being asked. */
export const deviceEvents = {
  'device.status': deviceStatus,
  /** A call into the operating system for this device does not come back: the process is about to end itself. */
  'device.hung': z.strictObject({ device: deviceKey }),
  'reader.card': z.strictObject({
    card: identityCard,
    /** Milliseconds from the first request of the read cycle to the last byte of the record. */
    readMs: z.number(),
  }),
  /** Of the card just read, when the reader's photo decoder gave a picture. For the clerk's eyes; kept nowhere. */
  'reader.photo': z.strictObject({ number: z.string(), image: photoImage }),
  /** A card was there but could not be read. */
  'reader.failed': z.strictObject({ code: z.string(), message: z.string() }),
  'keypad.key': z.strictObject({
    /** Name of the key as the device has it: `1` to `20`, or the character on it. */
    key: z.string().min(1).max(16),
    /** Since the event before. More than one: the device counts, but tells only the last of them. */
    presses: z.int().min(1),
    /** Typed in before the key; null when the keypad has no such thing. */
    number: z.int().min(0).nullable(),
  }),
  /** Somebody pressed a grade: 5 非常满意 to 1 非常不满意 (devices.md §4.6). */
  'rating.given': z.strictObject({ level: z.int().min(1).max(5), presses: z.int().min(1) }),
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
