import { z } from 'zod';
import { HEALTH_CODES, HEALTH_FACT, HEALTH_LEVELS, HEALTH_WORD, type HealthAlarm } from '../health.ts';
import { DESKS, EVERY, type Method, nothing } from './method.ts';

const healthCode = z.enum(HEALTH_CODES);

export const healthState = z.strictObject({
  /** The worst first. */
  alarms: z.array(
    z.strictObject({
      code: healthCode,
      /** `stop`: nothing more is saved here. `over`: somebody acts today. `near`: somebody looks when there is time. */
      level: z.enum(HEALTH_LEVELS),
      since: z.iso.datetime(),
      /** What is known of it, by names of the code; numbers and program words, nothing a person wrote. */
      detail: z.record(z.string().regex(HEALTH_FACT), z.union([z.number(), z.string().regex(HEALTH_WORD)])),
      /** Who has seen it, until it goes; a restart of the program makes no difference. */
      known: z.strictObject({ by: z.string(), at: z.iso.datetime() }).nullable(),
    }) satisfies z.ZodType<HealthAlarm>,
  ),
});

export const healthMethods = {
  'health.state': {
    doc: 'What is wrong with this machine now, the worst first; empty when nothing is.',
    input: nothing,
    output: healthState,
    roles: EVERY,
    signedIn: false,
    tier: 'local',
    deadlineMs: 5_000,
  },
  'health.acknowledge': {
    doc: 'Says that somebody knows of an alarm: its banner goes, the alarm stays in the list. Not of level `stop`. For supervisors and administrators (SUP, ADM).',
    input: z.strictObject({ code: healthCode }),
    output: nothing,
    roles: DESKS,
    signedIn: true,
    staff: ['SUP', 'ADM'],
    tier: 'local',
    deadlineMs: 5_000,
  },
} as const satisfies Record<string, Method>;

export const healthEvents = {
  /** An alarm of this machine came, went or was acknowledged. */
  'health.changed': { topic: 'service', payload: healthState },
} as const;
