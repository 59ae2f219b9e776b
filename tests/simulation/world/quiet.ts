import { uuidToBlob } from '../../../db/ids.ts';
import type { Store } from '../../../db/store.ts';
import type { Looked } from '../engine/looked.ts';
import { whoHasNotHeard } from './loneRows.ts';
import type { Server } from './server.ts';
import { whatIsSetAside } from './setAside.ts';
import type { World } from './world.ts';

/** Within this everything must have come to rest once nothing goes wrong any more, virtual ms. */
export const QUIET_WITHIN_MS = 120_000;

/** @returns what still moves; empty: everything is where it belongs */
export function whatMoves(world: World): string[] {
  const { terminals, hubs, centre } = world;
  const moves: string[] = [];
  const centreDb = openOf(world, centre);
  const active = hubs.filter((hub) => hub.isUp && hub.centre?.isActive());
  if (!centre.isUp || !centreDb) return ['the centre is not up'];
  const waiting = one(centreDb, 'SELECT count(*) FROM waiting_push');
  if (waiting > 0) moves.push(`${waiting} pushes wait at the centre to be judged`);
  for (const hub of hubs) {
    const db = openOf(world, hub);
    if (!hub.isUp || !db) moves.push(`${hub.name} is not up`);
    else {
      const toForward = one(db, 'SELECT count(*) FROM to_forward');
      if (toForward > 0) moves.push(`${hub.name} has ${toForward} to forward`);
      const mirrored = one(db, "SELECT coalesce(max(pos), 0) FROM relay_cursor WHERE scope = 'hall:main'");
      if (mirrored !== headOf(centreDb)) moves.push(`${hub.name} is at ${mirrored} of ${headOf(centreDb)}`);
    }
  }
  if (hubs.length > 0 && active.length === 0) moves.push('no hub is active');
  const server = hubs.length > 0 ? active[0] : centre;
  const serverDb = server && openOf(world, server);
  for (const { name, isUp, running } of terminals) {
    if (!isUp || !running) {
      moves.push(`${name} is not up`);
      continue;
    }
    const { store, sync } = running;
    if (sync.state.link !== 'connected') moves.push(`${name} is ${sync.state.link}`);
    const { waitingOps, heldOps } = store.delivery.counts();
    if (waitingOps + heldOps > 0) moves.push(`${name} has ${waitingOps} unsent and ${heldOps} held`);
    const open = store.returned.open().filter(({ device }) => device === store.ledger.device).length;
    if (open > 0) moves.push(`${name} has ${open} returned steps that nobody has decided about`);
    if (newestOwn(store) > store.ledger.epoch) moves.push(`${name} has not noticed that its copy went on`);
    const images = running.images ? imagesUnderWay(world, store) : 0;
    if (images > 0) moves.push(`${name} has ${images} images to send or to bring`);
    const cursor = store.delivery.cursor('hall:main');
    if (serverDb && cursor !== headOf(serverDb)) moves.push(`${name} is at ${cursor} of ${headOf(serverDb)}`);
  }
  return [...moves, ...whatIsSetAside(world), ...whoHasNotHeard(world, centreDb)];
}

/** Of its own pages: to be sent, or, on another machine's copy or an older one of its own, to be brought as the centre has them. */
export function imagesUnderWay({ centre }: Pick<World, 'centre'>, { scans, blobs }: Store): number {
  return scans.imagesToSend().filter((sha256) => blobs.has(sha256) || centre.hasImage(sha256)).length;
}

/** As far as was pulled. */
function newestOwn({ db, ledger }: Store): number {
  const newest = db.prepare('SELECT max(epoch) FROM op WHERE device = ?').pluck();
  return (newest.get(uuidToBlob(ledger.device)) as number | null) ?? 0;
}

function openOf(world: World, server: Server): Looked | null {
  const db = world.databaseOf(server);
  return db?.open ? db : null;
}

function headOf(db: Looked): number {
  return one(db, "SELECT coalesce(max(head), 0) FROM scope_head WHERE scope = 'hall:main'");
}

function one(db: Looked, sql: string): number {
  return db.prepare(sql).pluck().get() as number;
}
