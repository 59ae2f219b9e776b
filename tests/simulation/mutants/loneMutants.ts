import type { Mutant } from './mutant.ts';

/** Bugs around rows that a centre lost when its data were put back. */
export const LONE_MUTANTS: readonly Mutant[] = [
  {
    name: 'refusal-not-heard',
    says: 'nobody asks what became of rows that are here alone',
    from: 190,
    edits: [
      {
        file: 'sync/loneRows.ts',
        find: 'if (rows.length === 0) return [];',
        replace: 'if (rows.length >= 0) return [];',
      },
    ],
  },
  {
    name: 'met-not-noted',
    says: 'a hub that reads a scope anew goes on counting what it meets there',
    seenAt: 5,
    edits: [
      {
        file: 'centre/relay/mirror.ts',
        find: 'if (first?.logPosition != null) ledger.hub.noteMet(first.logPosition);',
        replace: '',
      },
    ],
  },
];
