import { z } from 'zod';

/** Calling screens that this machine feeds beside its own page. */
export const screenConfig = z.strictObject({
  floor: z.int().min(1).max(9).optional().describe('whose calls are shown; the floor of the terminal unless named'),
  display: z
    .int()
    .min(1)
    .max(9)
    .optional()
    .describe('a second page, the calling screen, fills this display; 1 is the main one, 2 the next to its right'),
  tv: z
    .strictObject({
      host: z.string().min(1).max(100).default('0.0.0.0').describe('address to listen on; all of them unless named'),
      port: z.int().min(0).max(65_535).describe('TVs open http://THIS-MACHINE:PORT/screen?floor=2'),
    })
    .optional()
    .describe('serves the calling screen to the browsers of TVs, without sign-in and without TLS: it is public'),
});

export type ScreenConfig = z.infer<typeof screenConfig>;
