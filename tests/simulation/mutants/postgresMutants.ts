import type { Mutant } from './mutant.ts';

/** Bugs of the store on PostgreSQL: found with the centre on a server. */
export const POSTGRES_MUTANTS: readonly Mutant[] = [
  {
    name: 'lost-commit-believed',
    says: 'a COMMIT whose answer was lost counts as done, without a look',
    seenAt: 12,
    centre: 'postgres',
    edits: [
      {
        file: 'centre/store/postgres/transactions.ts',
        find: 'if (!this.#wasStored(number)) throw error;',
        replace: '',
      },
    ],
  },
  {
    name: 'any-commit-believed',
    says: 'after a COMMIT whose answer was lost, an earlier one of this store counts as it',
    seenAt: 12,
    centre: 'postgres',
    edits: [
      {
        file: 'centre/store/postgres/transactions.ts',
        find: 'return results.at(-1)?.rows[0]?.[0] === String(number);',
        replace: "return results.at(-1)?.rows[0]?.[0] !== '0';",
      },
    ],
  },
  {
    name: 'others-not-seen',
    says: 'that another process has written is not seen, and what is remembered stays',
    seenAt: 29,
    centre: 'postgres',
    edits: [
      {
        file: 'centre/store/postgres/transactions.ts',
        find: 'SELECT write_lock.version - coalesce(writer.commits, 0) AS version',
        replace: 'SELECT write_lock.version * 0 AS version',
      },
    ],
  },
  {
    name: 'decision-in-two-transactions',
    says: 'a decision is committed in two pieces',
    centre: 'postgres',
    seenAt: 2,
    edits: [
      {
        file: 'centre/store/postgres/database.ts',
        find: 'this.#transactions.current.waiting.push(pending);',
        replace: `this.#transactions.current.waiting.push(pending);
    if (statement.text.includes('INTO op_result')) this.#transactions.ask([{ text: 'COMMIT', values: [] }, { text: 'BEGIN', values: [] }]);`,
      },
    ],
  },
  {
    name: 'memory-kept',
    says: 'what was decided and not stored stays in the memory of the store',
    seenAt: 12,
    centre: 'postgres',
    edits: [
      { file: 'centre/store/sqlStore.ts', find: '      memory.forget();\n', replace: '' },
      {
        file: 'centre/store/sqlStore.ts',
        find: '          ledger.write(decided.decision);\n',
        replace: '          ledger.write(decided.decision);\n          ledger.apply(decided.decision);\n',
      },
    ],
  },
];
