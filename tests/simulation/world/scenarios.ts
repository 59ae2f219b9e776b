import { Random } from '../engine/random.ts';
import { putBackCentre } from './centreBack.ts';
import { cloneDisk } from './clone.ts';
import { TROUBLE_MS } from './faults.ts';
import { caseInTwoHands } from './twoHands.ts';
import type { World } from './world.ts';

/**
 * What takes several steps to happen, one at most in a run, beside the faults of every run. Drawn from a stream of their
 * own: what is added here leaves the other runs as they were.
 */
const SCENARIOS: readonly (readonly [weight: number, scenario: (world: World, seed: number) => void])[] = [
  [3, caseInTwoHands],
  [2, putBackCentre],
  [2, cloneDisk],
];
/** With these a run has none. */
const NONE = 3;

export function planScenario(world: World, seed: number): void {
  const chance = new Random(seed, 'scenario');
  const total = SCENARIOS.reduce((sum, [weight]) => sum + weight, NONE);
  let dice = chance.int(0, total);
  const scenario = SCENARIOS.find(([weight]) => {
    dice -= weight;
    return dice < 0;
  })?.[1];
  if (scenario) world.later(chance.int(500, TROUBLE_MS / 3), () => scenario(world, seed));
}
