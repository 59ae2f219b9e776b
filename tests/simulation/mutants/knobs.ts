import type { Edit } from './mutants.ts';

/** The program with small numbers, so that what happens once a year happens in every run. */
export const KNOBS: readonly Edit[] = [
  // A block of ticket numbers is used up within seconds.
  { file: 'domain/queue/leases.ts', find: 'const BLOCK = 500;', replace: 'const BLOCK = 5;' },
];
