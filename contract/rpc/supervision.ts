import { z } from 'zod';
import type { TerminalRole } from '../roles.ts';
import { type Method, nothing } from './method.ts';

const OVERSIGHT: readonly TerminalRole[] = ['supervisor', 'backoffice'];

const milliseconds = z.int().min(0);

export const supervisionMethods = {
  'audit.list': {
    doc: 'The audit log of this machine’s hall, newest first: who did what when, never what was written. For auditors (AUD).',
    input: z.strictObject({
      /** Entries before this one; from the answer before. */
      before: z.int().min(1).optional(),
      actor: z.string().min(1).max(40).optional(),
      /** Only what was refused. */
      refused: z.boolean().default(false),
      limit: z.int().min(1).max(500).default(100),
    }),
    output: z.strictObject({
      rows: z.array(
        z.strictObject({
          position: z.int(),
          at: z.iso.datetime(),
          actor: z.string(),
          device: z.string(),
          kind: z.string(),
          /** The stream it belongs to, such as `case:…`. */
          object: z.string(),
          /** Transition, lane event, method and code, slip …: what the kind leaves open. */
          detail: z.string(),
          result: z.enum(['done', 'refused', 'set-aside']),
        }),
      ),
      /** For the next page; null at the end. */
      next: z.int().nullable(),
    }),
    roles: OVERSIGHT,
    signedIn: true,
    staff: ['AUD'],
    tier: 'local',
    deadlineMs: 15_000,
  },
  'measure.visits': {
    doc: 'The only-one-trip meter: of the cases accepted on these days and ended since, how many needed one visit, why others needed more, and where the time went. For supervisors (SUP).',
    input: z.strictObject({ from: z.iso.date(), to: z.iso.date() }),
    output: z.strictObject({
      rows: z.array(
        z.strictObject({
          itemCode: z.string(),
          itemName: z.string(),
          accepted: z.int(),
          ended: z.int(),
          oneVisit: z.int(),
          reasons: z.strictObject({ supplement: z.int(), 'pickup-another-day': z.int(), 'no-show': z.int() }),
          /** Medians over the ended ones, milliseconds; null when none has ended. */
          median: z
            .strictObject({
              office: milliseconds,
              idle: milliseconds,
              paused: milliseconds,
              pickupWait: milliseconds,
              handover: milliseconds,
            })
            .nullable(),
        }),
      ),
    }),
    roles: OVERSIGHT,
    signedIn: true,
    staff: ['SUP'],
    tier: 'local',
    deadlineMs: 30_000,
  },
  'supervision.faults': {
    doc: 'Cases in which this machine’s hall asked a second time for what was missing the first time (不动产登记暂行条例 §17), newest first, at most 100. For supervisors (SUP).',
    input: nothing,
    output: z.strictObject({
      rows: z.array(
        z.strictObject({
          caseId: z.uuid(),
          number: z.string(),
          itemName: z.string(),
          at: z.iso.datetime(),
          /** Name of who asked; the number when they are not known here. */
          byName: z.string(),
          papers: z.array(z.string()),
        }),
      ),
    }),
    roles: OVERSIGHT,
    signedIn: true,
    staff: ['SUP'],
    tier: 'local',
    deadlineMs: 15_000,
  },
} as const satisfies Record<string, Method>;
