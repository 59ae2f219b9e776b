import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { runIn } from '../engine/scope.ts';
import { Clerk } from './clerks.ts';
import { imagesUnderWay } from './quiet.ts';
import { lookAgain } from './settlers.ts';
import type { Terminal } from './terminal.ts';
import type { World } from './world.ts';

/**
 * A second machine begins to work with a copy of a terminal's data while that one goes on: its folder was copied, which the
 * copy sees for itself, or its whole disk, which nobody sees before both have written.
 */
export function cloneDisk(world: World, seed: number): void {
  const { chance, trace, terminals, promises } = world;
  const original = chance.pick(terminals);
  if (!original.isUp || original.running?.sync.state.link !== 'connected') return;
  const isCopied = chance.chance(0.5);
  const copy = original.keepCopy(`clone-${world.time.now}`);
  if (isCopied) writeFileSync(path.join(copy, 'disk.id'), `${original.name} again`);
  trace.count(isCopied ? 'folder copied to a second machine' : 'disk cloned');
  trace.note(`${original.name}: a second machine works with a copy of its ${isCopied ? 'folder' : 'disk'}`);
  const clone = original.copyOf(`${original.name}b`, copy);
  world.terminals.push(clone);
  if (!isCopied) promises.twins.add(original.id);
  promises.copiedDevices.add(original.running.store.ledger.device);
  const clerk = new Clerk(world, clone, seed);
  world.clerks.push(clerk);
  lookAgain(world, clone, seed);
  void clone.start().catch((error: unknown) => world.fail(`${clone.name} did not start: ${String(error)}`));
  world.later(500, () => watchPair(world, original, clone));
}

const LOOK_MS = 1000;

/**
 * One of the two has stepped aside, or nobody needs a second one any more: when the other has handed over everything, it is
 * put away for good, and the one that stays is enrolled anew.
 */
function watchPair(world: World, original: Terminal, clone: Terminal): void {
  const pair = [original, clone];
  const aside = pair.find(({ running }) => running?.sync.state.link === 'refused');
  const other = pair.find((each) => each !== (aside ?? original)) as Terminal;
  const isOver = !world.clerks.some(({ isAtWork }) => isAtWork);
  if (isOver && isDone(world, other)) {
    world.trace.note(`${other.name} is put away`);
    world.trace.count('copy put away');
    world.putAway(other);
    watchLeft(world, aside ?? original);
  } else {
    world.later(LOOK_MS, () => watchPair(world, original, clone));
  }
}

/** It may have stepped aside already, or does so when it reads what the other one wrote last. */
function watchLeft(world: World, stays: Terminal): void {
  if (stays.running?.sync.state.link === 'refused' && world.centre.isUp) void enrolAnew(world, stays);
  else world.later(LOOK_MS, () => watchLeft(world, stays));
}

function isDone(world: World, { isUp, running }: Terminal): boolean {
  if (!isUp || running?.sync.state.link !== 'connected') return false;
  const { waitingOps, heldOps, rejected } = running.store.delivery.counts();
  return waitingOps + heldOps + rejected + (running.images ? imagesUnderWay(world, running.store) : 0) === 0;
}

async function enrolAnew(world: World, terminal: Terminal): Promise<void> {
  const { life, centre } = world.centre;
  if (!life || !centre) return;
  const code = await runIn(life, () => centre.createEnrolmentCode({ terminal: terminal.id, ttlMinutes: 600 }));
  world.trace.count('copy enrolled anew');
  terminal.code = code;
  terminal.die('kill', 300);
}
