import { Random } from '../engine/random.ts';
import { callNext, open } from './atWindow.ts';
import { TROUBLE_MS, takeOver } from './faults.ts';
import type { World } from './world.ts';

/** Of the runs with two hubs. */
const WITH_SILENT_LINE = 0.6;

/**
 * The standby gets no answer of its hub, or nothing gets through between the two at all; windows and centre hear both. Then a
 * supervisor takes over by force, at times while the line is still silent, and one window calls meanwhile, another right
 * after. Drawn apart from everything else.
 */
export function planSilentLine(world: World, seed: number): void {
  const chance = new Random(seed, 'silent line');
  const [first, second] = world.hubs;
  if (!first || !second || !chance.chance(WITH_SILENT_LINE)) return;
  const { network, trace } = world;
  const windows = world.terminals.slice(1);
  for (const window of windows) world.later(chance.int(500, 4000), () => open(world, window));
  world.later(chance.int(5000, TROUBLE_MS - 11_000), () => {
    if (world.isCalm) return;
    const ms = chance.int(2500, 9000);
    const [active, standby] = first.centre?.isActive() ? [first, second] : [second, first];
    network.cut(active.name, standby.name);
    const isCut = chance.chance(0.6);
    if (isCut) network.cut(standby.name, active.name);
    trace.note(
      `${standby.name} ${isCut ? 'and' : 'does not hear'} ${active.name}${isCut ? ' hear nothing of each other' : ''} for ${ms} ms`,
    );
    world.later(ms, () => {
      network.joined(active.name, standby.name);
      network.joined(standby.name, active.name);
    });
    const isSilent = chance.chance(0.6);
    const at = isSilent ? ms - chance.int(50, 2000) : ms + chance.int(10, 900);
    const [before, supervisor] = chance.chance(0.5) ? windows : windows.toReversed();
    if (!before || !supervisor) return;
    for (const ms of [at - chance.int(300, 1500), at + chance.int(0, 1500)])
      world.later(ms, () => void callNext(world, before));
    world.later(at, () => {
      trace.count(isSilent ? 'take-over over a silent line' : 'take-over after a silent line');
      takeOver(world, true, supervisor, () => void callNext(world, supervisor));
    });
  });
}
