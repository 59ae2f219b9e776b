import type { Mutant } from './mutant.ts';

/** What goes wrong between programs of different age (`world/programAges.ts`). */
export const AGE_MUTANTS: readonly Mutant[] = [
  {
    name: 'parked-for-ever',
    says: 'a centre that was updated does not judge again what it had parked',
    edits: [
      {
        file: 'centre/start.ts',
        find: 'const settled = await ingest.review();',
        replace: 'const settled: number = 0;',
      },
    ],
  },
  {
    name: 'parked-and-left',
    says: 'what was parked takes effect, and nobody goes on with it',
    from: 20,
    edits: [
      {
        file: 'centre/ingest.ts',
        find: `        follow?.(ledger, ledger.changedStreams(), now());
        const decision = ledger.decision();
        return { decision, value: { value,`,
        replace: `        const decision = ledger.decision();
        return { decision, value: { value,`,
      },
    ],
  },
  {
    name: 'parked-not-told',
    says: 'a terminal never asks what became of what the centre had parked',
    from: 20,
    edits: [
      {
        file: 'db/opResults.ts',
        find: "SELECT epoch, seq FROM op_result WHERE outcome IN ('held', 'parked')",
        replace: "SELECT epoch, seq FROM op_result WHERE outcome = 'held'",
      },
    ],
  },
  {
    name: 'unread-for-ever',
    says: 'a terminal that was updated does not apply what it could not read before',
    edits: [{ file: 'db/store.ts', find: 'this.ledger.judgeAgain(isUnderstood);', replace: 'void isUnderstood;' }],
  },
];
