import type { Edit, Mutant } from './mutant.ts';

/** Bugs around the queue of a hall: who decides, and which number is given to whom. */
export const QUEUE_MUTANTS: readonly Mutant[] = [
  {
    name: 'lease-regranted',
    says: 'a block of ticket numbers is given to whoever asks next, too',
    edits: [
      {
        file: 'domain/queue/leases.ts',
        find: 'if (!leases.some((lease) => lease.first <= block.last && lease.last >= block.first)) return block;',
        replace: 'return block;',
      },
    ],
  },
  {
    name: 'fence-ignored',
    says: 'a hub that was taken over from goes on deciding',
    seenAt: 39,
    edits: [
      {
        file: 'centre/hub/role.ts',
        find: 'if (!role || fence <= role.fence) return;',
        replace: 'if (!role || fence >= 0) return;',
      },
    ],
  },
  {
    name: 'lease-pointer-in-memory',
    says: 'which number of a block was given last is not in the transaction of the ticket',
    seenAt: 3,
    edits: pointerInMemory(),
  },
  {
    name: 'one-id-for-two-ops',
    says: 'a command carried out without the hub bears the id that the hub may have used',
    seenAt: 12,
    edits: [
      {
        file: 'service/queue/localDesk.ts',
        find: "return derivedId(commandId, 'decided-here');",
        replace: "return derivedId(commandId, '') && commandId;",
      },
    ],
  },
];

/** The blocks themselves are known; which number was given last is remembered by the program that runs. */
function pointerInMemory(): Edit[] {
  return [
    {
      file: 'service/queue/ownNumbers.ts',
      find: `  const given = new Map<string, number>();`,
      replace: `  const given = POINTERS.get(store) ?? new Map<string, number>();
  POINTERS.set(store, given);`,
    },
    { file: 'service/queue/ownNumbers.ts', find: ', ...used);', replace: ');' },
    // Whoever finds the number among the tickets of the day asks for the next one: the second guard of the same thing.
    { file: 'domain/queue/decideTake.ts', find: 'if (!byNumber.has(number)) return', replace: 'if (byNumber) return' },
    {
      file: 'service/queue/ownNumbers.ts',
      find: 'const EMERGENCY_BLOCKS = 19;',
      replace: 'const EMERGENCY_BLOCKS = 19; const POINTERS = new WeakMap<object, Map<string, number>>();',
    },
  ];
}
