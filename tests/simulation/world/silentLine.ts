import { Random } from '../engine/random.ts';
import { TROUBLE_MS, takeOver } from './faults.ts';
import type { World } from './world.ts';

/** Of the runs with two hubs. */
const WITH_SILENT_LINE = 0.5;

/**
 * The standby gets no answer of its hub, or nothing gets through between the two at all; windows and centre hear both. Then a
 * supervisor takes over by force, at times while the line is still silent. Drawn apart from everything else.
 */
export function planSilentLine(world: World, seed: number): void {
  const chance = new Random(seed, 'silent line');
  const [first, second] = world.hubs;
  if (!first || !second || !chance.chance(WITH_SILENT_LINE)) return;
  const { network, trace } = world;
  world.later(chance.int(1500, TROUBLE_MS - 14_000), () => {
    const ms = chance.int(2500, 9000);
    const [active, standby] = first.centre?.isActive() ? [first, second] : [second, first];
    const ways = [[active.name, standby.name], ...(chance.chance(0.6) ? [[standby.name, active.name]] : [])] as const;
    trace.note(
      `nothing gets from ${ways.map(([from = '', to = '']) => `${from} to ${to}`).join(', or from ')} for ${ms} ms`,
    );
    for (const [from = '', to = ''] of ways) network.cut(from, to);
    world.later(ms, () => {
      for (const [from = '', to = ''] of ways) network.joined(from, to);
    });
    const isSilent = chance.chance(0.5);
    world.later(isSilent ? ms - chance.int(50, 2000) : ms + chance.int(10, 900), () => {
      trace.count(isSilent ? 'take-over over a silent line' : 'take-over after a silent line');
      takeOver(world, true);
    });
  });
}
