import { z } from 'zod';
import { HEALTH_LEVELS } from '../health.ts';
import { TERMINAL_ROLES } from '../roles.ts';
import type { Method } from './method.ts';
import { nothing } from './method.ts';

const instant = z.iso.datetime();

const alarm = z.strictObject({
  /** Of contract/health.ts, or of a newer program. */
  code: z.string(),
  level: z.enum(HEALTH_LEVELS),
  since: instant,
  known: z.strictObject({ byName: z.string(), at: instant }).nullable(),
});

const machineRow = z.strictObject({
  device: z.uuid(),
  terminal: z.string(),
  kind: z.enum(['terminal', 'relay']),
  /** As it says itself; null: it has not spoken to the hub since that started. */
  role: z.enum(TERMINAL_ROLES).nullable(),
  /** Version of its program, and the newest protocol that speaks. */
  program: z.string().nullable(),
  protocol: z.int().nullable(),
  /** Two versions behind whoever decides: the next one would not be understood there. */
  isOld: z.boolean(),
  /** `silent`: it was there, and says nothing more; `off`: it said that it was being switched off; `unheard`: not since the hub started. */
  state: z.enum(['here', 'silent', 'off', 'unheard', 'revoked']),
  /** Last heard by the hub, or else the last record of it that came to the centre; null: neither. */
  contactAt: instant.nullable(),
  enrolledAt: instant,
  /** Of the key it signs with, for comparing; null: it does not sign yet. */
  fingerprint: z.string().nullable(),
  revoked: z
    .strictObject({
      at: instant,
      /** Null: done at the centre, and the record has not come here. */
      byName: z.string().nullable(),
      reason: z.string().nullable(),
    })
    .nullable(),
  /** It showed a receipt for more than the centre has. */
  contradicted: z.boolean(),
  /** This machine itself. */
  own: z.boolean(),
  alarms: z.array(alarm),
});

/** The hub of the hall, or the centre: what it says of itself. */
const host = z.strictObject({
  kind: z.enum(['hub', 'centre']),
  /** Of a hub, such as H01. */
  name: z.string().nullable(),
  /** A hub that takes over when the one that decides is gone. */
  isStandby: z.boolean(),
  program: z.string().nullable(),
  protocol: z.int(),
  disk: z.strictObject({
    /** Bytes left where its data lie. */
    free: z.int(),
    /** Bytes of the files of its database; null: it lies on a server. */
    database: z.int().nullable(),
    wal: z.int().nullable(),
    /** Room held for a full disk; `given-up`: it is full. */
    reserve: z.enum(['held', 'given-up', 'none']),
  }),
  /** When it last backed itself up; null: it does not, or has not yet. A hub never does. */
  backupAt: instant.nullable(),
  alarms: z.array(alarm),
});

const machinesOfHall = z.strictObject({
  /** In service first, by name; then those that were revoked, newest first. */
  machines: z.array(machineRow),
  /** The hub that decides, where there is one, its standbys and the centre; those of older programs do not say. */
  hosts: z.array(host),
  /** False: the hub did not say whom it hears. */
  knowsContact: z.boolean(),
  /** Of this machine's own key as it lies here: the list must say the same. */
  ownFingerprint: z.string(),
});

const keepers = { roles: ['supervisor'], signedIn: true, staff: ['SUP', 'ADM'], tier: 'online' } as const;

/** The machines of the hall: who is enrolled, who is there, what is wrong with each, and the way to take one out of service. */
export const machinesMethods = {
  'machines.list': {
    doc: 'The enrolled machines of the hall with role, fingerprint of the key, last contact, versions and open alarms. For supervisors and administrators (SUP, ADM).',
    input: nothing,
    output: machinesOfHall,
    ...keepers,
    deadlineMs: 20_000,
  },
  'machines.revoke': {
    doc: 'Takes a machine of the hall out of service, with a reason that stays on record: from then on its token and key are worth nothing. Not a hub, and not the machine at which it is asked. For supervisors and administrators (SUP, ADM).',
    input: z.strictObject({ commandId: z.uuid(), device: z.uuid(), reason: z.string().trim().min(1).max(200) }),
    output: machinesOfHall,
    ...keepers,
    deadlineMs: 30_000,
  },
} as const satisfies Record<string, Method>;
