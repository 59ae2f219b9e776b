import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Database } from 'better-sqlite3';
import type { Op } from '../../../domain/ledger/op.ts';
import { copyFiles } from '../engine/disk.ts';
import { takeOver, withDashes } from './faults.ts';
import type { World } from './world.ts';

/**
 * The centre's data are put back to an older copy of its folder, as with a backup: it sees that for itself when it starts.
 * What terminals and hubs wrote they still have; what the centre itself wrote since is gone, and so is what was taken from a
 * machine that does not have it any more.
 */
export function putBackCentre(world: World): void {
  putBack(world, false);
}

/** As `putBackCentre`, with the whole disk: it is the same file as ever, and the centre sees nothing when it starts. */
export function putBackCentreDisk(world: World): void {
  putBack(world, true);
}

function putBack(world: World, isWholeDisk: boolean): void {
  const replace = keepCentre(world, isWholeDisk);
  if (!replace) return;
  world.later(world.chance.int(1500, 9000), replace);
  if (world.hubs.length > 1) changeHubs(world);
}

/** A copy of the centre's data is made now. @returns what puts it in place; null: it cannot be made now */
export function keepCentre(world: World, isWholeDisk: boolean): (() => void) | null {
  const { chance, trace, centre, promises } = world;
  const before = world.databaseOf(centre);
  if (!centre.isUp || !before?.open || !isWholeHallKnown(world, before)) return null;
  const copy = centre.keepCopy(`copy-${world.time.now}`);
  const keptAt = world.time.now;
  const kept = new Set(opsOf(before).map(({ op_id }) => op_id));
  trace.note('C: a copy of its data is kept');
  const until = world.time.now + 11_000;
  const replace = (): void => {
    const db = world.databaseOf(centre);
    // What a machine has can only be asked of one that runs.
    if (!world.machines.every(({ isUp }) => isUp) || !db?.open) {
      if (world.time.now < until) world.later(200, replace);
      return;
    }
    const elsewhere = idsElsewhere(world);
    const own = withDashes(db.prepare('SELECT lower(hex(device)) FROM centre').pluck().get() as string);
    for (const op of opsOf(db)) {
      const isOnlyHere = op.device === own || !elsewhere.has(op.op_id);
      if (!kept.has(op.op_id) && isOnlyHere) promises.lose(op, 'in the data of the centre');
    }
    promises.centrePutBack = { keptAt, at: world.time.now, kept, isWholeDisk };
    trace.count(isWholeDisk ? 'old disk of the centre put back' : 'old data of the centre put back');
    if (world.hubs.length > 1) trace.count('centre put back under two hubs');
    trace.note('C: the older data are copied back');
    centre.die('kill', chance.int(500, 3000), (dir) => {
      // Images are backed up after the records: one too many harms nobody, and none is missing.
      for (const name of readdirSync(dir)) if (name !== 'blobs') rmSync(path.join(dir, name), { recursive: true });
      copyFiles(copy, dir);
      if (!isWholeDisk) writeFileSync(path.join(dir, 'disk.id'), `C again ${world.time.now}`);
    });
  };
  return replace;
}

/** Meanwhile the hubs change over, so that each has decided something of which the centre, or the other, has not heard. */
function changeHubs(world: World): void {
  const { chance } = world;
  for (let count = chance.int(1, 4); count > 0; count--) {
    const isForced = chance.chance(0.7);
    world.later(chance.int(500, 14_000), () => takeOver(world, isForced));
  }
}

/** Otherwise somebody has to be given a code anew. */
function isWholeHallKnown({ machines }: World, db: Database): boolean {
  const known = db.prepare('SELECT count(*) FROM device WHERE revoked_at IS NULL').pluck().get() as number;
  return known === machines.length - 1;
}

function opsOf(db: Database): Op[] {
  return (db.prepare('SELECT envelope FROM op').pluck().all() as string[]).map((text) => JSON.parse(text) as Op);
}

/** What machines of the hall wrote, or took in for others, and still have. */
function idsElsewhere(world: World): Set<string> {
  const ids = new Set<string>();
  for (const { running } of world.terminals) {
    if (!running) continue;
    const own = running.store.db.prepare('SELECT DISTINCT epoch FROM op WHERE device = ?').pluck();
    const device = Buffer.from(running.store.ledger.device.replaceAll('-', ''), 'hex');
    for (const epoch of own.all(device) as number[])
      for (const { op_id } of running.store.ledger.readAfter(0, 100_000, epoch)) ids.add(op_id);
  }
  for (const hub of world.hubs) {
    const db = world.databaseOf(hub);
    if (db?.open) for (const { op_id } of opsOf(db)) ids.add(op_id);
  }
  return ids;
}
