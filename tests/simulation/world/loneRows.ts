import type { Database } from 'better-sqlite3';
import type { World } from './world.ts';

/** Ops that stand in the scope of the hall, without dashes. */
const PUBLISHED = `
  SELECT lower(hex(op.op_id)) FROM scope_row JOIN scope_head ON scope_head.id = scope_row.scope
  JOIN op ON op.id = scope_row.op WHERE scope_head.scope = 'hall:main'`;
const COUNTED = `
  SELECT lower(hex(op.op_id)) FROM mirror_unmet JOIN op ON op.id = mirror_unmet.op WHERE mirror_unmet.lone = 1`;
const UNTOLD = 'SELECT lower(hex(op_id)) FROM lone_op JOIN op USING (ord) WHERE refused IS NULL';
const REFUSED = 'SELECT count(*) FROM lone_op WHERE refused = 1';
/** The centre knows it: taken, and not in effect. */
const KNOWN = 'SELECT 1 FROM op WHERE op_id = unhex(?)';

/** Whoever tells a row as one that the centre lost, which it has and refused when it was sent again. */
export function whoHasNotHeard(world: World, centre: Database): string[] {
  const isRefused = centre.prepare(
    "SELECT 1 FROM op JOIN op_result ON op_result.op = op.id WHERE op_id = unhex(?) AND outcome = 'rejected'",
  );
  const told = (name: string, db: Database | null | undefined, sql: string): string[] => {
    const ids = db?.open ? (db.prepare(sql).pluck().all() as string[]) : [];
    return ids
      .filter((id) => isRefused.get(id) !== undefined)
      .map((id) => `${name} has not heard that ${id.slice(-4)} was refused`);
  };
  return [
    ...world.hubs.flatMap((hub) => told(hub.name, world.databaseOf(hub), COUNTED)),
    ...world.terminals.flatMap(({ name, running }) => told(name, running?.store.db, UNTOLD)),
  ];
}

/**
 * What a hub has published and a centre that was put back has lost is counted there, and nothing else is. What the centre
 * took and parks or refused is told otherwise.
 */
export function checkLoneRows(world: World, centre: Database): string[] {
  const there = new Set(centre.prepare(PUBLISHED).pluck().all() as string[]);
  const isKnown = centre.prepare(KNOWN);
  for (const { running } of world.terminals) {
    const refused = running?.store.db.prepare(REFUSED).pluck().get() as number | undefined;
    if (refused) world.trace.count('row that the centre refused when it was sent again');
    if (running && running.store.delivery.reread.count() > 0) world.trace.count('row that only a terminal still has');
  }
  return world.hubs.flatMap((hub) => {
    const db = world.databaseOf(hub);
    if (!db?.open) return [];
    const counted = db.prepare(COUNTED).pluck().all() as string[];
    if (counted.length > 0) world.trace.count('row that only a hub still has');
    const wrong = counted.filter((id) => there.has(id)).map((id) => `${hub.name} counts ${id.slice(-4)} as lone`);
    const here = db.prepare(PUBLISHED).pluck().all() as string[];
    const missed = here
      .filter((id) => !there.has(id) && !counted.includes(id) && isKnown.get(id) === undefined)
      .map((id) => `${hub.name} has ${id.slice(-4)} alone, and does not count it`);
    return [...wrong, ...missed];
  });
}
