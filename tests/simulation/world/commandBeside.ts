import { WorkingLedger } from '../../../centre/ledger/workingLedger.ts';
import { takeOwnOp } from '../../../centre/office/ownOp.ts';
import { openBeside } from '../../../centre/store/openBeside.ts';
import type { OpBodies } from '../../../domain/ledger/op.ts';
import { v7 } from '../engine/uuid.ts';
import type { ServerOnPostgres } from './serverOnPostgres.ts';
import type { World } from './world.ts';

/** Of made-up people: badges of those who are added while the hall is at work. */
const FIRST_BADGE = 3001;

/**
 * Somebody at the command line adds a member of staff, while the centre serves or does not: another process writes to its
 * database, in its chain.
 */
export function addStaffBeside(world: World, { dir, database, isAway, now }: ServerOnPostgres): void {
  if (isAway) return;
  const { trace, promises } = world;
  const store = openBeside({ dataDir: dir, database }, now);
  const number = String(FIRST_BADGE + (trace.counters.get('command beside the centre') ?? 0));
  const body = {
    number,
    name: '示例',
    roles: ['WIN'],
    active: true,
    passwordHash: '$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA',
  } satisfies OpBodies['staff.upserted'];
  const opId = v7();
  // Done before it returns, as everything in this store.
  store
    .write([], (known) => {
      const ledger = new WorkingLedger(known);
      const refused = takeOwnOp(
        ledger,
        store.self,
        { hall: 'main', kind: 'staff.upserted', stream: `staff:${v7()}`, actor: 'system', body, opId },
        now(),
      );
      if (refused !== null) throw new Error(`refused: ${refused}`);
      return { decision: ledger.decision(), value: null };
    })
    .catch((error: unknown) => world.fail(`the command beside the centre: ${String(error)}`));
  store.close();
  trace.count('command beside the centre');
  trace.note(`beside the centre: ${number} is added to the staff`);
  promises.saved.set(opId, 'the command line');
}
