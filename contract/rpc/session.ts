import { z } from 'zod';
import { EVERY, type Method, nothing } from './method.ts';

/**
 * Made by a page for itself and kept in its memory only: with the cookie of its browser it names the page, so that the
 * clerk at this very page, and at no other, goes on working after the line or the service was away.
 */
export const pageSecret = z.string().regex(/^[0-9a-f]{32}$/, 'expected 32 hex digits');

/** What keeps a session alive and ends it (domain.md §7.2). */
export const sessionMethods = {
  'session.ping': {
    doc: 'The clerk moved or typed: the idle time begins anew. A page that sends it is idle without it, whatever else it calls.',
    input: nothing,
    output: nothing,
    roles: EVERY,
    signedIn: true,
    tier: 'local',
    deadlineMs: 5_000,
  },
  'session.lock': {
    doc: 'Ends the session and leaves the page covered: everything but signing in is refused with `session-locked`.',
    input: nothing,
    output: nothing,
    roles: EVERY,
    signedIn: true,
    tier: 'local',
    deadlineMs: 5_000,
  },
} as const satisfies Record<string, Method>;

export const sessionEvents = {
  /** This page's session ended without its doing; sent to it whether it subscribed or not. */
  'session.ended': {
    topic: 'session',
    payload: z.strictObject({ code: z.enum(['session-locked', 'session-expired', 'session-taken']) }),
  },
} as const;
