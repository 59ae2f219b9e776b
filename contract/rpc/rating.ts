import { z } from 'zod';
import { instant, ticketNumber } from '../ops/ticket.ts';
import { grade } from '../ops/visit.ts';
import type { TerminalRole } from '../roles.ts';
import { type Method, nothing } from './method.ts';

/** The citizen's page stands at the window: nobody is signed in on it. */
const CITIZEN: readonly TerminalRole[] = ['window', 'screen'];

/** An offered rating (domain.md §6.9). No name and no mark. */
export const ratingAsked = z.strictObject({
  id: z.uuid(),
  ticketId: z.uuid(),
  number: ticketNumber,
  /** Afterwards it counts as not rated. */
  until: instant,
});

export const ratingMethods = {
  'rating.state': {
    doc: 'The rating that is offered at this window now, for the page in front of the citizen.',
    input: nothing,
    output: z.strictObject({ asked: ratingAsked.nullable() }),
    roles: CITIZEN,
    signedIn: false,
    tier: 'local',
    deadlineMs: 5_000,
  },
  'rating.submit': {
    doc: 'The grade a citizen gives on a screen or by a code, once for each offer: 5 非常满意 to 1 非常不满意. Nobody at the window learns it.',
    input: z.strictObject({ id: z.uuid(), way: z.enum(['screen', 'qr']), grade }),
    output: nothing,
    roles: CITIZEN,
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
