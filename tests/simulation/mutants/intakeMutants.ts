import type { Mutant } from './mutant.ts';

/** Bugs in what a centre promises before it judges (docs/adr/0063). */
export const INTAKE_MUTANTS: readonly Mutant[] = [
  {
    name: 'held-before-commit',
    says: 'the centre says that it holds a push before that is durable',
    seenAt: 12,
    edits: [
      {
        file: 'centre/ingest.ts',
        find: "const verdict = (await commits.submit({ ...push, text })) as TakenOrHeld | 'unheld';",
        replace: `const last = push.ops.at(-1);
      const under = commits.submit({ ...push, text }).catch(() => 'unheld' as const);
      const [now] = intake.room.ofHall(push.author.hall).slice(-1);
      const isNext = push.ops[0]?.seq === (now?.device === push.author.device ? now.last : 0) + 1;
      const verdict = (isNext && last ? { kind: 'held', acked: last.seq, head: last.hash } : await under) as
        | TakenOrHeld
        | 'unheld';`,
      },
    ],
  },
  {
    name: 'waiting-forgotten',
    says: 'a centre that starts does not know what it has promised to judge',
    seenAt: 11,
    edits: [
      {
        file: 'centre/assemble.ts',
        find: 'room: new WaitingRoom(store.waitingPushes())',
        replace: 'room: new WaitingRoom([])',
      },
      {
        file: 'centre/intake/intake.ts',
        find: 'if (version === this.#outsideVersion) return;',
        replace: 'if (version) return;',
      },
    ],
  },
  {
    name: 'waiting-ends-first',
    says: 'a held push waits no more when it is read, and is judged in another transaction',
    seenAt: 37,
    edits: [
      {
        file: 'centre/store/sqlite/waiting.ts',
        find: "waitingText: (name) => waitingText.get(...keyOf(name))?.text.toString('utf8') ?? null,",
        replace: `waitingText: (name) => {
      const text = waitingText.get(...keyOf(name))?.text.toString('utf8') ?? null;
      db.transaction(() => db.prepare(WAITING_SQL.removeWaiting).run(...keyOf(name))).immediate();
      return text;
    },`,
      },
      {
        file: 'centre/intake/intake.ts',
        find: 'const { ops } = pushRequest.parse(JSON.parse(text));',
        replace: `await new Promise((resolve) => setTimeout(resolve, 500));
      const { ops } = pushRequest.parse(JSON.parse(text));`,
      },
    ],
  },
];
