import { z } from 'zod';
import { HEALTH_LEVELS } from './health.ts';
import { instant, staffNumber, terminalId } from './ops/ticket.ts';
import { TERMINAL_ROLES } from './roles.ts';

/**
 * What the machines of a hall say of themselves to the hub that decides, and what a supervisor reads of it (docs/adr/0054).
 * Beside presence, which the hubs of older programs take as it is. Read leniently: a newer program may say more.
 */

/** A code this program may not know yet: its level is said with it. */
const alarmCode = z.string().regex(/^[a-z][a-z-]{0,39}$/);
const level = z.enum(HEALTH_LEVELS);
const known = z.object({ by: staffNumber, at: instant }).nullable();
const role = z.enum(TERMINAL_ROLES);
const program = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.+-]{0,39}$/);

/** How often a machine says it, ms; at once when an alarm came or went. */
export const REPORT_EVERY_MS = 10_000;
/** One that has not been heard for so long has stopped, ms. */
export const MACHINE_SILENT_AFTER_MS = 3 * REPORT_EVERY_MS;

/** `POST /office/v1/queue/machines`. Codes and numbers: nothing a person wrote, no details. */
export const machineReport = z.object({
  role,
  program,
  /** The newest protocol it speaks. */
  protocol: z.int().min(1),
  alarms: z.array(z.object({ code: alarmCode, level, ageMs: z.int().min(0), known })).max(40),
  /** It is being switched off: its silence is no alarm. */
  leaving: z.boolean(),
});

export const machineReportAnswer = z.object({
  /** Protocols that are spoken here, newest first: by them a machine knows that it is too old. */
  versions: z.array(z.int().min(1)).min(1).max(20),
  centreTime: z.iso.datetime(),
});

/** What a hub or a centre says of itself, to whoever asks it about machines; a standby by `GET /hub/v1/host`. */
export const hostReport = z.object({
  kind: z.enum(['hub', 'centre']),
  /** Of a hub among the devices of its hall. */
  name: terminalId.nullable(),
  device: z.uuid(),
  program: program.nullable(),
  protocol: z.int().min(1),
  disk: z.object({
    /** Bytes left where its data lie. */
    free: z.int().min(0),
    /** Bytes of the files of its database; null: it lies on a server. */
    database: z.int().min(0).nullable(),
    wal: z.int().min(0).nullable(),
    /** Room held for the day on which the disk is full; `given-up`: that day has come. */
    reserve: z.enum(['held', 'given-up', 'none']),
  }),
  /** When it last backed itself up; null: it does not, or has not yet. */
  backupAt: z.iso.datetime().nullable(),
  alarms: z.array(z.object({ code: alarmCode, level, since: z.iso.datetime() })),
});

/** `GET /office/v1/queue/machines`: the machines heard since the hub started, but for those that were revoked. */
export const machineList = z.object({
  machines: z.array(
    z.object({
      device: z.uuid(),
      terminal: terminalId,
      role,
      program,
      protocol: z.int().min(1),
      /** By the hub's clock. */
      heardAt: z.iso.datetime(),
      heardMsAgo: z.int().min(0),
      /** It said that it is being switched off. */
      left: z.boolean(),
      /** `since` by the hub's clock. */
      alarms: z.array(z.object({ code: alarmCode, level, since: z.iso.datetime(), known })),
    }),
  ),
  centreTime: z.iso.datetime(),
  /** Whoever answers; an older program does not say. */
  host: hostReport.optional(),
});

export type HostReport = z.infer<typeof hostReport>;
export type MachineReport = z.infer<typeof machineReport>;
export type MachineReportAnswer = z.infer<typeof machineReportAnswer>;
export type MachineList = z.infer<typeof machineList>;
