import type { Mutant } from './mutant.ts';

/** Bugs around a number that both hubs of a hall called (docs/adr/0064, world/calledAtBoth.ts). */
export const CALLED_AT_BOTH_MUTANTS: readonly Mutant[] = [
  {
    name: 'standing-not-said',
    says: 'of what two hubs decided nobody says how the ticket stands',
    from: 651,
    seenAt: 673,
    edits: [
      { file: 'centre/relay/mirror.ts', find: 'reconciliation?.write(store.self, now);', replace: '' },
      { file: 'centre/queue/reconcile.ts', find: 'reconciliation.write(store.self, now);', replace: '' },
    ],
  },
  {
    name: 'overtaken-not-published',
    says: 'what a hub decided and was overtaken is not in the scopes of the centre',
    from: 651,
    seenAt: 673,
    edits: [
      {
        file: 'centre/ledger/workingLedger.ts',
        find: "const isSettled = outcome === 'applied' || (outcome === 'parked' && way.mirrored) || code === OVERTAKEN;",
        replace: "const isSettled = outcome === 'applied' || (outcome === 'parked' && way.mirrored);",
      },
    ],
  },
];
