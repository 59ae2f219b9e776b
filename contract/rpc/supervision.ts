import { z } from 'zod';
import { AUDIT_STREAMS } from '../auditStreams.ts';
import { outageCommandFields } from '../outage.ts';
import type { TerminalRole } from '../roles.ts';
import { caseSummary } from './case.ts';
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
      /** Only what is about such things: cases, sessions, blank certificates … */
      about: z.enum(AUDIT_STREAMS).optional(),
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
          /** Their name, when they are known here. */
          actorName: z.string().nullable(),
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
    deadlineMs: 30_000,
  },
  'measure.overdue': {
    doc: 'Cases accepted on these days that are or were over their promise, latest due first, each with the reason that was given (domain.md §5.4 rule 8). For supervisors (SUP).',
    input: z.strictObject({ from: z.iso.date(), to: z.iso.date(), unexplained: z.boolean().default(false) }),
    output: z.strictObject({
      rows: z.array(
        z.strictObject({
          summary: caseSummary,
          /** The newest reason; null while it is owed. */
          reason: z.strictObject({ text: z.string(), by: z.string(), at: z.iso.datetime() }).nullable(),
        }),
      ),
      /** Of all of them, also beyond what is listed. */
      total: z.int(),
      unexplained: z.int(),
    }),
    roles: OVERSIGHT,
    signedIn: true,
    staff: ['SUP'],
    tier: 'local',
    deadlineMs: 30_000,
  },
  'outage.declare': {
    doc: 'P5: stops the promise’s clock of one case, or of every case of the hall, for an outage of the centre or force majeure. It runs on against the law’s clock.',
    input: z.strictObject({ commandId: z.uuid(), ...outageCommandFields.declare }),
    output: nothing,
    roles: OVERSIGHT,
    signedIn: true,
    staff: ['SUP'],
    tier: 'online',
    deadlineMs: 30_000,
  },
  'outage.end': {
    doc: 'Says when an outage was over.',
    input: z.strictObject({ commandId: z.uuid(), ...outageCommandFields.end }),
    output: nothing,
    roles: OVERSIGHT,
    signedIn: true,
    staff: ['SUP'],
    tier: 'online',
    deadlineMs: 30_000,
  },
  'outage.list': {
    doc: 'Outages of this machine’s hall, newest first.',
    input: z.strictObject({ limit: z.int().min(1).max(500).default(100) }),
    output: z.strictObject({
      rows: z.array(
        z.strictObject({
          id: z.string(),
          caseId: z.string().nullable(),
          caseNumber: z.string().nullable(),
          from: z.iso.datetime(),
          to: z.iso.datetime().nullable(),
          reason: z.string(),
          proof: z.string(),
          by: z.string(),
          at: z.iso.datetime(),
          endedBy: z.string().nullable(),
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
