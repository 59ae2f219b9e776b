import { z } from 'zod';
import { floor, instant, queue, ticketClass, ticketNumber, windowNumber } from '../ops/ticket.ts';
import type { Method } from './method.ts';

/** A number that is called to a window. Nothing here tells who it is, and no schema has room for a name (domain.md §6.7). */
export const screenCall = z.strictObject({
  number: ticketNumber,
  window: windowNumber,
  /** Of the call, or of its last repetition. */
  at: instant,
  /** 1; 2 and 3 when it was repeated. */
  times: z.int(),
  /** False once somebody came to the window. */
  isAwaited: z.boolean(),
});

export const screenState = z.strictObject({
  floor,
  /** By the clock of the terminal that answers: ages are reckoned by it and not by that of a TV. */
  serverTime: instant,
  /**
   * What is known of the hub (大厅主机). `none`: no address is configured; `new`: not heard since this terminal was set
   * up; `silent`: for 5 s or longer.
   */
  hub: z.enum(['none', 'new', 'heard', 'silent']),
  /** Since when it is silent; what is shown is as old as that. */
  staleSince: instant.nullable(),
  /** Called and not done with, newest call first; a page drops a call after 10 minutes. */
  now: z.array(screenCall),
  /** Called to collect (取证), newest first. */
  pickup: z.array(screenCall),
  /** To be called to collect soon, and where; oldest first. */
  ready: z.array(z.strictObject({ number: ticketNumber, window: windowNumber })),
  waiting: z.array(
    z.strictObject({
      queue,
      class: ticketClass,
      /** The letter on these tickets. */
      prefix: z.string(),
      waiting: z.int(),
      /** Honest range for somebody who takes a number now, ms; null while nothing can be said. */
      estimate: z.strictObject({ fromMs: z.int(), toMs: z.int() }).nullable(),
      /** Whose turn is next, at most three. */
      next: z.array(ticketNumber),
    }),
  ),
  /** Did not come and were not served since; newest first. */
  passed: z.array(ticketNumber),
  /** Windows that pause; why is nobody's business. */
  paused: z.array(windowNumber),
  /** What the windows of this floor serve, by the plan; names the zone. */
  queues: z.array(queue),
  /** Queues of this floor that give no numbers now. */
  stopped: z.array(queue),
  /** No window of this floor is open or paused, and nobody is called. */
  isClosed: z.boolean(),
});

export const screenMethods = {
  'screen.state': {
    doc: 'What the calling screen of a floor shows: numbers and windows, never a name.',
    input: z.strictObject({ floor }),
    output: screenState,
    roles: ['screen', 'supervisor'],
    signedIn: false,
    tier: 'local',
    deadlineMs: 5_000,
  },
} as const satisfies Record<string, Method>;

export type ScreenCall = z.infer<typeof screenCall>;
export type ScreenState = z.infer<typeof screenState>;
