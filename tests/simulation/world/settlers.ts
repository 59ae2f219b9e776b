import { Random } from '../engine/random.ts';
import { runIn } from '../engine/scope.ts';
import { isAnswer, settleOne } from './deeds.ts';
import type { Terminal } from './terminal.ts';
import type { World } from './world.ts';

const LOOK_MS = 1300;

/** At each machine people look now and then at what came back to it, until nothing is left to decide. */
export function settleReturns(world: World, seed: number): void {
  for (const terminal of world.terminals) lookAgain(world, terminal, seed);
}

/** At one of them. */
export function lookAgain(world: World, terminal: Terminal, seed: number): void {
  look(world, terminal, new Random(seed, `returned ${terminal.name}`));
}

function look(world: World, terminal: Terminal, random: Random): void {
  world.later(LOOK_MS, () => {
    const { life } = terminal;
    if (life && !life.isOver && terminal.running) {
      void runIn(life, async () => {
        try {
          await settleOne(world, terminal, random.chance(0.5));
        } catch (error) {
          if (!isAnswer(error)) world.fail(`${terminal.name}: ${(error as Error).stack}`);
        }
      });
    }
    look(world, terminal, random);
  });
}
