import { Random } from '../engine/random.ts';
import { addStaffBeside } from './commandBeside.ts';
import { TROUBLE_MS } from './faults.ts';
import { ServerOnPostgres } from './serverOnPostgres.ts';
import type { World } from './world.ts';

/** What happens between the centre and its database. Drawn apart from all else. */
export function planLineFaults(world: World, seed: number): void {
  const { centre } = world;
  if (!(centre instanceof ServerOnPostgres)) return;
  const commands = new Random(seed, 'command');
  for (let count = commands.int(0, 3); count > 0; count--)
    world.later(commands.int(500, TROUBLE_MS), () => addStaffBeside(world, centre));
  const chance = new Random(seed, 'database');
  for (let count = chance.int(1, 5); count > 0; count--) {
    const at = chance.int(500, TROUBLE_MS - 2000);
    if (chance.chance(0.25)) {
      const ms = chance.int(300, 6000);
      world.later(at, () => centre.loseDatabase(ms));
      continue;
    }
    const planned = {
      moment: chance.pick(['question', 'before-commit', 'after-commit', 'after-commit'] as const),
      countdown: chance.int(1, 8),
      awayMs: chance.chance(0.35) ? chance.int(300, 4000) : 0,
    };
    world.later(at, () => {
      centre.plannedBreak ??= planned;
    });
  }
}
