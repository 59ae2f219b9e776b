import { rmSync } from 'node:fs';
import type { Op } from '../../../domain/ledger/op.ts';
import { copyFiles } from '../engine/disk.ts';
import type { Looked } from '../engine/looked.ts';
import { runIn } from '../engine/scope.ts';
import { v7 } from '../engine/uuid.ts';
import { CALM } from '../engine/weather.ts';
import type { Machine } from './machine.ts';
import { PERSON } from './template.ts';
import type { Terminal } from './terminal.ts';
import type { World } from './world.ts';

/** How long things go wrong, virtual ms. */
export const TROUBLE_MS = 24_000;

type Fault = (world: World) => void;

/** With how often each is drawn beside the others. */
const FAULTS: readonly (readonly [number, Fault])[] = [
  [4, storm],
  [4, cutOneWay],
  [3, cutBothWays],
  [2, halfOpen],
  [3, killNow],
  [2, cutPowerNow],
  [8, dieAtCommit],
  [2, jumpClock],
  [2, failDisk],
  [2, putBackOldDisk],
  [3, (world) => takeOver(world)],
  [3, leaveAlone],
];

/** Draws what goes wrong, and when. Everything is over at `TROUBLE_MS`. */
export function planFaults(world: World): void {
  const { chance } = world;
  const total = FAULTS.reduce((sum, [weight]) => sum + weight, 0);
  for (let count = chance.int(3, 9); count > 0; count--) {
    let dice = chance.int(0, total);
    const fault = FAULTS.find(([weight]) => {
      dice -= weight;
      return dice < 0;
    })?.[1];
    world.later(chance.int(500, TROUBLE_MS - 2000), () => {
      if (!world.isCalm) fault?.(world);
    });
  }
  planFileFaults(world);
}

/** Drawn apart from the others: with a file more or less, they stay what they were. */
function planFileFaults(world: World): void {
  const { filesChance, hasImages } = world;
  for (let count = hasImages ? filesChance.int(1, 3) : filesChance.int(0, 2); count > 0; count--)
    world.later(filesChance.int(500, TROUBLE_MS - 2000), () => {
      if (!world.isCalm) dieAtFile(world);
    });
  if (hasImages) planBreaks(world);
}

/** At times hardly an image gets through in one piece. */
function planBreaks(world: World): void {
  for (let count = world.filesChance.int(1, 4); count > 0; count--) {
    const from = world.filesChance.int(500, TROUBLE_MS - 3000);
    world.later(from, () => {
      world.wire.breaks = 0.1;
      world.trace.note('connections break');
    });
    world.later(from + world.filesChance.int(1000, 6000), () => {
      world.wire.breaks = 0;
    });
  }
}

/** Nothing goes wrong from here on: the network is good, disks work, whoever lies dead is started. */
export function endFaults(world: World): void {
  world.trace.note('nothing goes wrong any more');
  mendAll(world);
}

/** What has gone wrong is over. */
export function mendAll(world: World): void {
  world.network.heal();
  world.wire.breaks = 0;
  for (const machine of world.machines) {
    machine.heal();
    if (!machine.isUp) machine.restartIn(100);
  }
}

function storm(world: World): void {
  const { chance, network, trace } = world;
  const weather = {
    drop: chance.next() * 0.3,
    duplicate: chance.next() * 0.3,
    loseAnswer: chance.next() * 0.3,
    loseHint: chance.next(),
    slow: chance.next() * 0.3,
    damage: chance.next(),
  };
  const ms = chance.int(1500, 12_000);
  trace.note(`the network is bad for ${ms} ms`);
  trace.count('storm');
  network.weather = weather;
  world.later(ms, () => {
    if (network.weather === weather) network.weather = CALM;
  });
}

/** Two machines that speak with each other. */
function somePair(world: World): [Machine, Machine] {
  const { chance, hubs, centre, terminals } = world;
  const links: [Machine, Machine][] = [
    ...terminals.flatMap((terminal) =>
      (hubs.length > 0 ? hubs : [centre]).map((server): [Machine, Machine] => [terminal, server]),
    ),
    ...hubs.map((hub): [Machine, Machine] => [hub, centre]),
    ...(hubs.length > 1 ? [[hubs[0], hubs[1]] as [Machine, Machine]] : []),
  ];
  return chance.pick(links);
}

function cut(world: World, from: Machine, to: Machine, what: string): void {
  const ms = world.chance.int(1000, 16_000);
  world.trace.note(`nothing gets from ${from.name} to ${to.name} for ${ms} ms`);
  world.trace.count(what);
  world.network.cut(from.name, to.name);
  world.later(ms, () => world.network.joined(from.name, to.name));
}

function cutOneWay(world: World): void {
  const [a, b] = somePair(world);
  cut(world, a, b, 'cut one way');
}

/** Requests arrive and are carried out; no answer ever comes. */
function halfOpen(world: World): void {
  const [a, b] = somePair(world);
  cut(world, b, a, 'half-open');
}

function cutBothWays(world: World): void {
  const [a, b] = somePair(world);
  cut(world, a, b, 'cut both ways');
  cut(world, b, a, 'cut both ways');
}

function killNow(world: World): void {
  world.chance.pick(world.machines).die('kill', world.chance.int(100, 8000));
}

function cutPowerNow(world: World): void {
  world.chance.pick(world.machines).die('power-cut', world.chance.int(100, 8000));
}

function dieAtCommit(world: World): void {
  const { chance } = world;
  const machine = chance.pick(world.machines);
  machine.planned = {
    moment: chance.pick(['before-commit', 'after-commit']),
    countdown: chance.int(1, 6),
    death: chance.pick(['kill', 'power-cut']),
  };
}

/** At the disk of somebody who keeps scanned pages, if there are any. */
function dieAtFile(world: World): void {
  const { filesChance, hasImages, centre, terminals, machines } = world;
  const machine = filesChance.pick(hasImages ? [centre, ...terminals.slice(1)] : machines);
  machine.planned ??= {
    moment: filesChance.pick(['before-fsync', 'after-fsync', 'before-rename', 'after-rename']),
    countdown: filesChance.int(1, 5),
    death: filesChance.pick(['kill', 'power-cut', 'power-cut']),
  };
}

function jumpClock(world: World): void {
  const { chance, trace } = world;
  const machine = chance.pick(world.machines);
  machine.skewMs += chance.pick([-600_000, -5000, 5000, 600_000, -3_600_000, 3_600_000]);
  trace.note(`the clock of ${machine.name} is wrong by ${machine.skewMs} ms now`);
  trace.count('clock jump');
}

function failDisk(world: World): void {
  const { chance, trace } = world;
  const machine = chance.pick(world.machines);
  const code = chance.pick(['SQLITE_FULL', 'SQLITE_IOERR'] as const);
  machine.diskFault = code;
  trace.note(`${machine.name} cannot write: ${code}`);
  world.later(chance.int(500, 8000), () => {
    machine.diskFault = null;
    trace.note(`${machine.name} can write again`);
  });
}

/** A copy of a terminal's disk is put in its place later on, without telling anybody. */
function putBackOldDisk(world: World): void {
  const { chance, trace, promises } = world;
  const terminal = chance.pick(world.terminals);
  if (!terminal.running || !terminal.isUp) return;
  const copy = terminal.keepCopy(`copy-${world.time.now}`);
  const { code } = terminal;
  const kept = opIdsOf(terminal);
  trace.note(`${terminal.name}: a copy of its disk is kept`);
  world.later(chance.int(1500, 12_000), () => {
    // Enrolled anew since, so that what the copy has is nobody's key any more: it would take another code.
    if (!terminal.isUp || !terminal.running || terminal.code !== code) return;
    // Whole disks on both sides: neither can know, and whoever speaks first may have read least.
    if (promises.centrePutBack?.isWholeDisk) return;
    for (const op of [...unsentOf(terminal), ...forgottenOf(world, terminal)])
      if (!kept.has(op.op_id)) promises.lose(op, `on the disk of ${terminal.name}`);
    promises.putBack.add(terminal.name);
    promises.oldDisks.add(terminal.id);
    trace.count('old disk put back');
    trace.note(`${terminal.name}: the old copy of its disk is put in place`);
    terminal.die('kill', chance.int(500, 5000), (dir) => {
      rmSync(dir, { recursive: true, force: true });
      copyFiles(copy, dir);
    });
  });
}

/** Nobody answers in the hall, and a machine that goes on alone starts anew meanwhile. */
function leaveAlone(world: World): void {
  const { chance, trace, hubs, centre, terminals } = world;
  const restartMs = chance.int(7000, 12_000);
  trace.count('hall without a hub');
  for (const server of hubs.length > 0 ? hubs : [centre]) server.die('kill', restartMs);
  const terminal = chance.chance(0.7) ? terminals[0] : chance.pick(terminals);
  world.later(chance.int(2500, 5000), () => terminal?.die(chance.pick(['kill', 'power-cut']), chance.int(200, 800)));
}

/**
 * A supervisor makes the standby the active hub.
 * @param isForced although the other one answers; default: at times
 * @param at default: some machine
 * @param then once it was answered, in the life of that machine
 */
export function takeOver(world: World, isForced?: boolean, at?: Terminal, then: () => void = () => {}): void {
  const { chance, trace, terminals } = world;
  if (world.hubs.length < 2) return;
  const terminal = at ?? chance.pick(terminals);
  const { life, running } = terminal;
  if (!life || life.isOver || !running) return;
  trace.note(`${terminal.name}: a supervisor takes over`);
  runIn(life, () =>
    running.sync
      .takeOver({ commandId: v7(), actor: PERSON, reason: '主机不应答', force: isForced ?? chance.chance(0.3) })
      .then(
        ({ url, fence }) => {
          trace.count('hub taken over');
          trace.note(`${url} is the active hub with fence ${fence}`);
          then();
        },
        (error: Error) => trace.note(`not taken over: ${error.message}`),
      ),
  );
}

function opIdsOf({ running }: Terminal): Set<string> {
  const rows = (running?.store.db.prepare('SELECT lower(hex(op_id)) FROM op').pluck().all() ?? []) as string[];
  return new Set(rows.map(withDashes));
}

/** Own ops that nobody else has said to have. */
function unsentOf({ running }: Terminal): Op[] {
  if (!running) return [];
  const { ledger, delivery } = running.store;
  return delivery.unsentEpochs().flatMap((epoch) => ledger.readAfter(delivery.progress(epoch).acked, 100_000, epoch));
}

/** Own ops that a centre had once and lost; the machine may not have heard of it yet. */
function forgottenOf(world: World, { running }: Terminal): Op[] {
  const { centrePutBack } = world.promises;
  const centre = world.databaseOf(world.centre);
  if (!running || !centrePutBack) return [];
  const { ledger, delivery } = running.store;
  // Until it has started on the older data, the connection at hand is the one to what they replaced.
  const find = centre?.open && centre.name.startsWith(world.centre.dir) ? findIn(centre) : centrePutBack.kept;
  return delivery
    .acknowledged()
    .flatMap(({ epoch }) => ledger.readAfter(0, 100_000, epoch))
    .filter(({ op_id }) => !find.has(op_id));
}

function findIn(db: Looked): { has(opId: string): boolean } {
  const find = db.prepare('SELECT 1 FROM op WHERE op_id = unhex(?)');
  return { has: (opId) => find.get(opId.replaceAll('-', '')) !== undefined };
}

export function withDashes(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
