import { z } from 'zod';
import { terminalId } from './ops/ticket.ts';

/** `GET /office/v1/queue/presence`: who is there, as the hub hears it; for the board and its alarms. */
export const presenceList = z.strictObject({
  windows: z.array(
    z.strictObject({
      terminal: terminalId,
      /** Null: not since the hub started. */
      heardMsAgo: z.int().min(0).nullable(),
      /** Done there without the hub and not told yet, as the window said last. */
      unsent: z.int().min(0),
      /** It may be calling its own tickets without the hub. */
      silent: z.boolean(),
      /** Waiting tickets that are kept for it while it is silent. */
      reserved: z.int().min(0),
    }),
  ),
  /** Terminals of any kind with a live line. */
  listening: z.array(z.string()),
  centreTime: z.iso.datetime(),
});

export type PresenceList = z.infer<typeof presenceList>;
