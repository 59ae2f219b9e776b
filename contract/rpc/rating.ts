import { z } from 'zod';
import { instant, ticketNumber, windowNumber } from '../ops/ticket.ts';
import { grade } from '../ops/visit.ts';
import { type Method, nothing } from './method.ts';

/** An offered rating (domain.md §6.9). No name and no mark. */
export const ratingAsked = z.strictObject({
  id: z.uuid(),
  ticketId: z.uuid(),
  number: ticketNumber,
  /** Afterwards it counts as not rated. */
  until: instant,
});

/** What stands before the citizen at a window (domain.md §6.7): numbers and states; no schema has room for a name. */
export const citizenState = z.strictObject({
  /** The number over this window; null when the plan of the hall has none for it. */
  window: windowNumber.nullable(),
  /** Why it pauses is nobody's business. */
  state: z.enum(['open', 'paused', 'closed']),
  /** In hand here; `isHere`: came to the window. */
  current: z
    .strictObject({ number: ticketNumber, purpose: z.enum(['intake', 'pickup']), isHere: z.boolean() })
    .nullable(),
  /** What may be rated now, for so many ms more. Null as soon as somebody else stands at the window. */
  rating: z
    .strictObject({
      id: z.uuid(),
      number: ticketNumber,
      remainingMs: z.int(),
      /** For a phone, also later (`RATING_LINK_MINUTES`); null while the hub is away, or serves no page for phones. */
      link: z.url().nullable(),
    })
    .nullable(),
});

export const ratingMethods = {
  'citizen.state': {
    doc: 'What the page in front of the citizen at this window shows: its number, the number in hand, the rating that is offered.',
    input: nothing,
    output: citizenState,
    roles: ['window', 'screen'],
    signedIn: false,
    tier: 'local',
    deadlineMs: 5_000,
  },
  'rating.submit': {
    doc: "The grade a citizen gives on the page in front of the window, once for each offer: 5 非常满意 to 1 非常不满意. Nobody at the window learns it, and the clerk's own page cannot give one.",
    input: z.strictObject({ id: z.uuid(), way: z.literal('screen'), grade }),
    output: nothing,
    roles: ['screen'],
    signedIn: false,
    tier: 'local-then-centre',
    deadlineMs: 5_000,
  },
} as const satisfies Record<string, Method>;

export const ratingEvents = {
  /** A service has ended: the citizen's page asks. */
  'rating.asked': { topic: 'queue', payload: ratingAsked },
  /** It was answered, or its time is over: nobody at the window learns which. */
  'rating.over': { topic: 'queue', payload: z.strictObject({ id: z.uuid() }) },
} as const;

export type CitizenState = z.infer<typeof citizenState>;
