import { z } from 'zod';
import { RETURN_DECISIONS } from '../../domain/returned/types.ts';
import { returnNote } from '../ops/returned.ts';
import { CASE_STAFF, DESKS, type Method } from './method.ts';

const historyEntry = z.strictObject({
  /** A transition, a lane event or a payment, as in a case's history. */
  step: z.string(),
  at: z.iso.datetime(),
  byName: z.string(),
  note: z.string().nullable(),
});

const returnedRow = z.strictObject({
  id: z.uuid(),
  caseId: z.uuid().nullable(),
  /** 受理编号; null for what is about no case, or about one that is not here. */
  caseNumber: z.string().nullable(),
  terminal: z.string(),
  kind: z.string(),
  /** Why the centre did not take it. */
  code: z.string(),
  /** What this machine's person did. */
  ours: historyEntry,
  /** What the case is like, and what was done to it since ours was begun; null for what is about no case. */
  centre: z.strictObject({ state: z.string(), since: z.array(historyEntry) }).nullable(),
  decisions: z.array(z.enum(RETURN_DECISIONS)),
  /** Only the machine that made it can take the step again. */
  isOwn: z.boolean(),
  notedAt: z.iso.datetime(),
  settled: z
    .strictObject({ decision: z.enum(RETURN_DECISIONS), note: z.string(), byName: z.string(), at: z.iso.datetime() })
    .nullable(),
});

export const returnedMethods = {
  'returned.list': {
    doc: 'Steps of this hall that the centre did not take, ours and the centre’s side by side: the open ones oldest first, then those settled last.',
    input: z.strictObject({}),
    output: z.strictObject({ open: z.array(returnedRow), settled: z.array(returnedRow) }),
    roles: DESKS,
    signedIn: true,
    staff: CASE_STAFF,
    tier: 'local',
    deadlineMs: 10_000,
  },
  'returned.settle': {
    doc: 'A person has looked at both sides. `done-again` takes the same step on what the centre has, an acceptance as a new case; `centre-stands` leaves ours on file without effect.',
    input: z.strictObject({
      /** Chosen by the page, one for each press. */
      commandId: z.uuid(),
      id: z.uuid(),
      decision: z.enum(RETURN_DECISIONS),
      note: returnNote,
    }),
    output: z.strictObject({
      accepted: z
        .strictObject({
          caseId: z.uuid(),
          number: z.string(),
          pagesLeft: z.int().describe('pages whose image nobody has any more: to be scanned again'),
        })
        .nullable()
        .describe('the case under its new number; its receipt is to be printed'),
    }),
    roles: DESKS,
    signedIn: true,
    staff: CASE_STAFF,
    tier: 'local-then-centre',
    deadlineMs: 30_000,
  },
} as const satisfies Record<string, Method>;
