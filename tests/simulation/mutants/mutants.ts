import { AGE_MUTANTS } from './ageMutants.ts';
import { CALLED_AT_BOTH_MUTANTS } from './calledAtBothMutants.ts';
import { IMAGE_MUTANTS } from './imageMutants.ts';
import { INTAKE_MUTANTS } from './intakeMutants.ts';
import { LONE_MUTANTS } from './loneMutants.ts';
import type { Edit, Mutant } from './mutant.ts';
import { POSTGRES_MUTANTS } from './postgresMutants.ts';
import { QUEUE_MUTANTS } from './queueMutants.ts';

/** Bugs that would lose, double or contradict something, and that a run has to notice. */
export const MUTANTS: readonly Mutant[] = [
  {
    name: 'no-dedupe',
    says: 'the centre takes a repeated op for one that does not continue the chain',
    edits: [{ file: 'centre/ledger/plan.ts', find: 'if (op.seq <= cursor.seq) {', replace: 'if (op.seq < 0) {' }],
  },
  {
    name: 'gap-accepted',
    says: 'the centre takes ops after a gap, and the terminal forgets what it sent',
    seenAt: 3,
    edits: [
      {
        file: 'centre/ledger/plan.ts',
        find: 'if (op.seq !== cursor.seq + 1) return gap(durable);',
        replace: '',
      },
      {
        file: 'centre/ledger/plan.ts',
        find: 'findOpDefect(op as Op, cursor.hash, sha256Hex, { hasBody: false });',
        replace: 'findOpDefect(op as Op, op.prev_hash, sha256Hex, { hasBody: false });',
      },
      ...deleteOnSend(),
    ],
  },
  {
    name: 'delete-on-send',
    says: 'what was sent counts as acknowledged, and nothing is ever sent again',
    seenAt: 21,
    edits: [
      ...deleteOnSend(),
      { file: 'sync/pushRun.ts', find: 'this.#acked = error.expected - 1;', replace: 'return false;' },
      {
        file: 'sync/pushRun.ts',
        find: '=> answer));\n    this.#sent = this.#acked;',
        replace: '=> answer));',
      },
    ],
  },
  {
    name: 'two-transactions',
    says: 'an op and its effect are two transactions',
    edits: [
      {
        file: 'db/ledger.ts',
        find: 'if (!this.#db.inTransaction) return this.transact(() => this.append(change));',
        replace: '',
      },
      { file: 'db/ledger.ts', find: 'value = this.#db.transaction(work).immediate();', replace: 'value = work();' },
    ],
  },
  {
    name: 'cursor-before-rows',
    says: 'the cursor of a scope is committed before the rows it stands for',
    seenAt: 14,
    edits: [
      {
        file: 'db/delivery.ts',
        find: 'return this.#ledger.transact(() => {\n      let { pos, digest }',
        replace: 'return ((work: () => string[]) => work())(() => {\n      let { pos, digest }',
      },
    ],
  },
  {
    name: 'epoch-kept',
    says: 'an old copy of a disk goes on in its old epoch',
    seenAt: 8,
    edits: [
      {
        file: 'sync/continuity.ts',
        find: 'if (agrees && !isAhead && overtakenIn === null) {',
        replace: 'if (agrees || !agrees) {',
      },
    ],
  },
  {
    name: 'normal-on-reopen',
    says: 'a terminal’s file comes up with synchronous=NORMAL, and nobody looks',
    edits: [
      { file: 'db/open.ts', find: "'synchronous=FULL',", replace: "'synchronous=NORMAL'," },
      { file: 'db/open.ts', find: 'synchronous !== 2 ||', replace: '' },
    ],
  },
  {
    name: 'normal-at-centre',
    says: 'the centre’s file comes up with synchronous=NORMAL, and nobody looks',
    seenAt: 4,
    edits: [
      {
        file: 'centre/store/sqlite/open.ts',
        find: "setAndAssert(db, 'synchronous', 'FULL', 2);",
        replace: "setAndAssert(db, 'synchronous', 'NORMAL', 1);",
      },
    ],
  },
  {
    name: 'receipt-before-commit',
    says: 'the centre answers whether its commit succeeds or not',
    from: 51,
    seenAt: 64,
    edits: [
      {
        file: 'centre/store/sqlStore.ts',
        find: 'const decided = decide(ledger.known);',
        replace: 'const decided = decide(ledger.known); decide.answered = decided;',
      },
      {
        file: 'centre/store/sqlStore.ts',
        find: 'throw asBusy(error) ?? error;',
        replace: 'if (decide.answered) return decide.answered.value; throw asBusy(error) ?? error;',
      },
    ],
  },
  {
    name: 'saved-before-commit',
    says: 'a terminal shows 已保存 although the disk has refused the commit',
    seenAt: 2,
    edits: [
      {
        file: 'db/ledger.ts',
        find: 'value = this.#db.transaction(work).immediate();',
        replace: `let done: T | undefined;
          try { value = this.#db.transaction(() => (done = work())).immediate(); }
          catch (error) { if (done === undefined) throw error; value = done; }`,
      },
    ],
  },
  {
    name: 'sse-as-truth',
    says: 'a hint counts as everything before it',
    edits: [
      {
        file: 'sync/syncClient.ts',
        find: 'if (scope !== this.#exchange.ownScope && head <= this.#options.store.delivery.cursor(scope)) continue;',
        replace: `if (scope !== this.#exchange.ownScope && head <= this.#options.store.delivery.cursor(scope)) continue;
          this.#options.store.db.prepare('UPDATE pull_cursor SET pos = ? WHERE scope = ?').run(head - 1, scope);`,
      },
    ],
  },
  {
    name: 'chain-not-checked-at-centre',
    says: 'the centre takes an op that was damaged on the way',
    seenAt: 24,
    edits: [
      {
        file: 'centre/ledger/plan.ts',
        find: "const defect = bodyText === null ? 'body-hash' : findOpDefect(op as Op, cursor.hash, sha256Hex, { hasBody: false });",
        replace: 'const defect: ReturnType<typeof findOpDefect> = null;',
      },
    ],
  },
  {
    name: 'clock-used-for-order',
    says: 'a page of ops is taken in the order of their clocks',
    seenAt: 22,
    edits: [
      {
        file: 'db/delivery.ts',
        find: 'for (const { op, understood } of rows) {',
        replace: `const inOrder = [...rows].sort((a, b) => a.op.at < b.op.at ? -1 : a.op.at > b.op.at ? 1 : 0);
      for (const { op, understood } of inOrder) {`,
      },
    ],
  },
  {
    name: 'later-clock-wins',
    says: 'of two who took a step of the same case, the one with the later clock counts',
    seenAt: 38,
    edits: [
      {
        file: 'domain/ledger/reduce.ts',
        find: "if (op.base_ver !== version && !isKind(op, 'ticket.reconciled'))",
        replace: `const lastAt = (current?.record as { history?: { at: string }[] } | undefined)?.history?.at(-1)?.at;
  if (op.base_ver !== version && !isKind(op, 'ticket.reconciled') && !(lastAt !== undefined && op.base_ver > 0 && op.at > lastAt))`,
      },
    ],
  },
  {
    name: 'case-fence-ignored',
    says: 'a step that a window took alone counts although the case was moved to another',
    seenAt: 22,
    edits: [
      {
        file: 'centre/ledger/judge.ts',
        find: 'return !mayStepAlone(record, terminal, op.body.transition);',
        replace: `return mayStepAlone(record, terminal, op.body.transition) && terminal === '';`,
      },
      {
        file: 'domain/case/ownership.ts',
        find: 'version: record.version + 1,',
        replace: 'version: record.version,',
      },
    ],
  },
  {
    name: 'owner-not-asked',
    says: 'without the centre every window goes on with every case',
    from: 51,
    seenAt: 61,
    edits: [
      {
        file: 'domain/case/ownership.ts',
        find: "return !who.includes('WIN') || ownerOf(record).window === terminal;",
        replace: "return !who.includes('WIN') || ownerOf(record).window !== '';",
      },
    ],
  },
  {
    name: 'return-not-noted',
    says: 'what the centre did not take is only counted',
    edits: [
      {
        file: 'service/returned/note.ts',
        find: 'return store.returned.unnoted(ledger.device).map(({ op, code }) => {',
        replace: 'return store.returned.unnoted(ledger.device).slice(0, 0).map(({ op, code }) => {',
      },
    ],
  },
  {
    name: 'own-row-believed',
    says: 'a terminal passes over its own rows whether it has them or not',
    seenAt: 8,
    edits: [
      {
        file: 'sync/puller.ts',
        find: "if (answer.rows.some((row) => 'own' in row && !delivery.isHere(row.own)))",
        replace: 'if (delivery === null)',
      },
    ],
  },
  ...QUEUE_MUTANTS,
  ...IMAGE_MUTANTS,
  ...AGE_MUTANTS,
  ...POSTGRES_MUTANTS,
  ...INTAKE_MUTANTS,
  ...LONE_MUTANTS,
  ...CALLED_AT_BOTH_MUTANTS,
];

function deleteOnSend(): Edit[] {
  return [
    {
      file: 'sync/pushRun.ts',
      find: 'if (!last) break;',
      replace: `if (!last) break;
        const { epoch } = this.#options;
        store.delivery.recordPush({ acked: last.seq, head: last.hash }, [], '', epoch);`,
    },
  ];
}

/** @throws Error when there is no mutant of that name */
export function editsOf(name: string | undefined): readonly Edit[] {
  if (name === undefined) return [];
  const mutant = MUTANTS.find((each) => each.name === name);
  if (!mutant) throw new Error(`unknown mutant; there are ${MUTANTS.map((each) => each.name).join(', ')}`);
  return mutant.edits;
}
