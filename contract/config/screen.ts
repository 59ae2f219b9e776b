import { z } from 'zod';
import type { TerminalRole } from '../roles.ts';

/** What a display beside the desk shows. */
export const SECOND_FACES = ['screen', 'citizen'] as const;
export type SecondFace = (typeof SECOND_FACES)[number];

/** Screens that this machine feeds beside its own page. */
export const screenConfig = z.strictObject({
  floor: z.int().min(1).max(9).optional().describe('whose calls are shown; the floor of the terminal unless named'),
  display: z
    .int()
    .min(1)
    .max(9)
    .optional()
    .describe('a second page fills this display; 1 is the main one, 2 the next to its right'),
  shows: z
    .enum(SECOND_FACES)
    .default('screen')
    .describe('what the second page is: the calling screen, or the page in front of the citizen at a window'),
  tv: z
    .strictObject({
      host: z.string().min(1).max(100).default('0.0.0.0').describe('address to listen on; all of them unless named'),
      port: z.int().min(0).max(65_535).describe('TVs open http://THIS-MACHINE:PORT/screen?floor=2'),
      tls: z
        .strictObject({ cert: z.string().min(1).describe('PEM file'), key: z.string().min(1).describe('PEM file') })
        .optional()
        .describe('serves it by https with this certificate; plain HTTP unless named'),
    })
    .optional()
    .describe('serves the calling screen to the browsers of TVs, without sign-in: it is public'),
});

export type ScreenConfig = z.infer<typeof screenConfig>;

/** @returns why nobody could stand in front of the citizen's page of this machine */
export function findScreenProblems({
  terminal,
  screen,
}: {
  terminal: { role: TerminalRole };
  screen: ScreenConfig;
}): { path: string[]; message: string }[] {
  if (screen.shows !== 'citizen') return [];
  const problems: { path: string[]; message: string }[] = [];
  if (terminal.role !== 'window')
    problems.push({ path: ['screen', 'shows'], message: 'citizen: only at a terminal with the role window' });
  if (screen.display === undefined)
    problems.push({ path: ['screen', 'display'], message: 'which display shows the page of the citizen?' });
  return problems;
}
