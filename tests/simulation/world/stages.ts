import { YichuangError } from '../../../contract/errors.ts';
import { runIn } from '../engine/scope.ts';
import { isAnswer } from './deeds.ts';
import type { Terminal } from './terminal.ts';
import type { World } from './world.ts';

/** How often somebody looks whether the next step can be taken, virtual ms. */
const LOOK_MS = 400;
/** Whoever has not come so far by then gives up. */
const PATIENCE_MS = 16_000;

export interface Stage {
  do: () => void;
  until: () => boolean;
}

/** One after the other, each tried again until what it is for has come about. */
export function inOrder(world: World, stages: readonly Stage[], patienceMs = PATIENCE_MS): void {
  const givesUpAt = world.time.now + patienceMs;
  const look = (at: number): void => {
    const stage = stages[at];
    if (!stage || world.time.now > givesUpAt) return;
    stage.do();
    world.later(LOOK_MS, () => look(stage.until() ? at + 1 : at));
  };
  look(0);
}

/** Within the life of a machine; refused, cut off or killed, nothing has been done. */
export async function step(world: World, terminal: Terminal, work: () => Promise<void>): Promise<void> {
  const { life } = terminal;
  if (!life || life.isOver || !terminal.running) return;
  await runIn(life, async () => {
    try {
      await work();
    } catch (error) {
      if (error instanceof YichuangError && error.code === 'not-owner') world.trace.count('another window refused');
      if (!isAnswer(error)) world.fail(`${terminal.name}: ${(error as Error).stack}`);
    }
  });
}
