import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { installChance } from './engine/chance.ts';
import { watchLines } from './engine/database/watchLines.ts';
import { watchCommits } from './engine/disk.ts';
import { installFiles } from './engine/files/access.ts';
import { Random } from './engine/random.ts';
import { installReading } from './engine/reading.ts';
import { resetIds } from './engine/uuid.ts';
import { installWire } from './engine/wire/install.ts';
import { Clerk } from './world/clerks.ts';
import { endFaults, planFaults, TROUBLE_MS, takeOver } from './world/faults.ts';
import { findBrokenImages } from './world/imageInvariants.ts';
import { findBroken } from './world/invariants.ts';
import { planLineFaults } from './world/lineFaults.ts';
import { QUIET_WITHIN_MS, whatMoves } from './world/quiet.ts';
import { Scanner } from './world/scanner.ts';
import { planScenario } from './world/scenarios.ts';
import { settleReturns } from './world/settlers.ts';
import { planSilentLine } from './world/silentLine.ts';
import type { Template } from './world/template.ts';
import { World } from './world/world.ts';

export interface Outcome {
  seed: number;
  /** Null: everything held. */
  failure: string | null;
  /** Of everything that happened, in its order. */
  digest: string;
  counters: Readonly<Record<string, number>>;
  /** What happened, in words. */
  lines: readonly string[];
}

/** How often to look whether everything is at rest, virtual ms. */
const LOOK_MS = 1000;

/** One run: a hall at work, what goes wrong, the end of it, and whether everything held. */
export async function simulate(seed: number, template: Template, dir: string): Promise<Outcome> {
  const home = path.join(dir, `seed-${seed}`);
  mkdirSync(home, { recursive: true });
  resetIds();
  const world = new World(home, template, seed);
  const restoreChance = installChance(new Random(seed, 'ids'));
  const restoreTime = world.time.install();
  const restoreWire = installWire(world.wire, world.time);
  const restoreFiles = installFiles({
    ...{ time: world.time, random: world.filesChance },
    hostOf: (life) => world.machineOf(life),
  });
  const restoreCommits = watchCommits(world.time, (life, moment, db) => world.atCommit(life, moment, db));
  const restoreLines = watchLines(world.time, (life) => world.lineHostOf(life));
  const restoreReading = installReading((op) => world.ages.canRead(op));
  const restoreAppends = world.watchAppends();
  const restoreIntake = world.watchIntake();
  const onRejection = (error: unknown) => {
    if ((error as Error)?.name !== 'Killed') world.fail(`nobody caught: ${(error as Error)?.stack ?? String(error)}`);
  };
  process.on('unhandledRejection', onRejection);
  process.on('uncaughtException', onRejection);
  try {
    await work(world, seed);
  } catch (error) {
    world.fail((error as Error).stack ?? String(error));
  } finally {
    world.close();
    process.off('unhandledRejection', onRejection);
    process.off('uncaughtException', onRejection);
    restoreIntake();
    restoreAppends();
    restoreReading();
    restoreLines();
    restoreCommits();
    restoreFiles();
    restoreWire();
    restoreTime();
    restoreChance();
    rmSync(home, { recursive: true, force: true });
  }
  const { trace, failure } = world;
  trace.count(`shape: ${world.shape}`);
  return {
    ...{ seed, failure, digest: trace.digest(), counters: Object.fromEntries(trace.counters) },
    lines: trace.lines,
  };
}

async function work(world: World, seed: number): Promise<void> {
  const { time, trace } = world;
  trace.note(`seed ${seed}: ${world.shape}`);
  for (const machine of world.machines) await machine.start();
  await time.run(time.now + 1500);
  for (const terminal of world.terminals) world.clerks.push(new Clerk(world, terminal, seed));
  if (world.hasImages)
    for (const terminal of world.terminals.slice(1)) world.clerks.push(new Scanner(world, terminal, seed));
  planFaults(world);
  planLineFaults(world, seed);
  planScenario(world, seed);
  planSilentLine(world, seed);
  world.ages.plan(seed);
  settleReturns(world, seed);
  await time.run(time.now + TROUBLE_MS, () => world.failure !== null);
  if (world.failure !== null) return;

  endFaults(world);
  await time.run(time.now + 3000, () => world.failure !== null);
  for (const clerk of world.clerks) clerk.isAtWork = false;
  const until = time.now + QUIET_WITHIN_MS;
  let moves = ['not looked at'];
  while (moves.length > 0 && time.now < until && world.failure === null) {
    await time.run(time.now + LOOK_MS);
    moves = whatMoves(world);
    // Both wait for a supervisor: somebody decides.
    if (moves.includes('no hub is active')) takeOver(world);
  }
  if (world.failure !== null) return;
  if (moves.length > 0) return world.fail(`not at rest after ${QUIET_WITHIN_MS / 1000} s: ${moves.join('; ')}`);
  trace.note('at rest');
  const broken = [...findBroken(world), ...(await findBrokenImages(world))];
  for (const line of broken) trace.note(`broken: ${line}`);
  if (broken.length > 0) world.fail(broken[0] ?? '');
}
