import { Random } from '../engine/random.ts';
import { callAtBothHubs } from './calledAtBoth.ts';
import { putBackCentre, putBackCentreDisk } from './centreBack.ts';
import { cloneDisk } from './clone.ts';
import { TROUBLE_MS } from './faults.ts';
import { stepRefusedAnew } from './refusedAnew.ts';
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

/** Of the runs with none of these: drawn from another stream again. */
const LATER: readonly (readonly [probability: number, scenario: (world: World, seed: number) => void])[] = [
  [0.3, putBackCentreDisk],
  [0.2, stepRefusedAnew],
  [0.4, callAtBothHubs],
];

export function planScenario(world: World, seed: number): void {
  const chance = new Random(seed, 'scenario');
  const total = SCENARIOS.reduce((sum, [weight]) => sum + weight, NONE);
  let dice = chance.int(0, total);
  const scenario = SCENARIOS.find(([weight]) => {
    dice -= weight;
    return dice < 0;
  })?.[1];
  const planned = scenario ?? laterOf(new Random(seed, 'later scenario').next());
  if (planned) world.later(chance.int(500, TROUBLE_MS / 3), () => planned(world, seed));
}

function laterOf(dice: number): ((world: World, seed: number) => void) | undefined {
  let left = dice;
  return LATER.find(([probability]) => {
    left -= probability;
    return left < 0;
  })?.[1];
}
