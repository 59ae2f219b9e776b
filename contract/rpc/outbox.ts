import { z } from 'zod';
import { CASE_STAFF, DESKS, type Method } from './method.ts';

const place = z.strictObject({ epoch: z.int().min(1), seq: z.int().min(0) });

/** `waiting`: here and nowhere else. `held`: at the hub of the hall. `parked`, `rejected`: at the centre, set aside. */
export const outboxState = z.enum(['waiting', 'held', 'parked', 'rejected']);

const count = z.int().min(0);

export const outboxMethods = {
  'sync.outbox': {
    doc: 'What this machine recorded and is not done with: waiting here, held at the hub of the hall, or set aside at the centre; the oldest first. What each is and which case it belongs to, nothing of what was written.',
    input: z.strictObject({
      state: outboxState,
      /** The last row of the page before. */
      after: place.optional(),
      limit: z.int().min(1).max(200).default(50),
    }),
    output: z.strictObject({
      /** Rows in each state, of which `rows` is a page. */
      counts: z.strictObject({ waiting: count, held: count, parked: count, rejected: count }),
      rows: z.array(
        z.strictObject({
          opId: z.uuid(),
          epoch: z.int(),
          seq: z.int(),
          kind: z.string(),
          /** Transition, slip, method and code …: what the kind leaves open. */
          detail: z.string(),
          at: z.iso.datetime(),
          actor: z.string(),
          /** Their name, when they are known here. */
          actorName: z.string().nullable(),
          /** Number of the case or the ticket it is about; null when it is about none, or the number is not known here. */
          subject: z.strictObject({ kind: z.enum(['case', 'ticket']), id: z.uuid(), number: z.string() }).nullable(),
          /** Why it was set aside, a word of the centre; null when it was not. */
          code: z.string().nullable(),
          setAsideAt: z.iso.datetime().nullable(),
        }),
      ),
      /** For the next page; null at the end. */
      next: place.nullable(),
      line: z.strictObject({
        link: z.enum(['not-configured', 'enrolling', 'connected', 'offline', 'refused']),
        /** Why nothing goes at the moment; null while the line is well. */
        trouble: z.enum(['offline', 'refused', 'not-active', 'gap', 'forked', 'protocol', 'asked-to-wait']).nullable(),
        nextTryAt: z.iso.datetime().nullable(),
        /** Nothing was taken for a minute although the other side answers. */
        stuck: z.boolean(),
      }),
    }),
    roles: DESKS,
    signedIn: true,
    staff: [...CASE_STAFF, 'ADM'],
    tier: 'local',
    deadlineMs: 5_000,
  },
} as const satisfies Record<string, Method>;
