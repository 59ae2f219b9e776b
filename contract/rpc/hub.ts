import { z } from 'zod';
import { hubRole } from '../hub.ts';
import type { TerminalRole } from '../roles.ts';
import { type Method, nothing } from './method.ts';

const OVERSIGHT: readonly TerminalRole[] = ['supervisor', 'backoffice'];

/** The hubs of the hall, and the take-over when the active one fails. */
export const hubMethods = {
  'hub.state': {
    doc: 'How each configured hub of the hall stands, as it says itself: which one decides, its fence, and who follows it. For supervisors (SUP).',
    input: nothing,
    output: z.strictObject({
      hubs: z.array(
        z.strictObject({
          url: z.string(),
          /** `unreachable`: it does not answer this machine. */
          state: z.enum([...hubRole.options, 'unreachable']),
          /** Rises with every take-over; null when it does not answer. */
          fence: z.int().nullable(),
          /** This machine works with it now. */
          current: z.boolean(),
          /** Names of the standbys that read its log. */
          followedBy: z.array(z.string()),
        }),
      ),
    }),
    roles: OVERSIGHT,
    signedIn: true,
    staff: ['SUP'],
    tier: 'online',
    deadlineMs: 25_000,
  },
  'hub.takeOver': {
    doc: 'Makes the standby the active hub of the hall, with a reason that stays on record. Refused while the active one answers, unless forced. For supervisors (SUP).',
    input: z.strictObject({
      reason: z.string().trim().min(1).max(200),
      /** Also while the active hub still answers. */
      force: z.boolean().default(false),
    }),
    output: z.strictObject({ url: z.string(), fence: z.int() }),
    roles: OVERSIGHT,
    signedIn: true,
    staff: ['SUP'],
    tier: 'online',
    deadlineMs: 45_000,
  },
} as const satisfies Record<string, Method>;
