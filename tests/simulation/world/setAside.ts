import type { Looked } from '../engine/looked.ts';
import type { World } from './world.ts';

/** What was not understood by somebody, and has not been judged again since. */
export function whatIsSetAside(world: World): string[] {
  const atServers = world.servers.flatMap((server) => {
    const db = world.databaseOf(server);
    if (!db?.open) return [];
    // What follows in a hub on a step that the centre has lost with its data waits for a person.
    if (world.promises.centrePutBack && server !== world.centre) return [];
    return told(db, `${server.name} has parked`, PARKED);
  });
  const centre = world.databaseOf(world.centre);
  const leftAlone = centre?.open ? told(centre, 'the centre has not gone on with', ACCEPTED) : [];
  const atTerminals = world.terminals.flatMap(({ name, running }) => {
    const db = running?.store.db;
    if (!db?.open) return [];
    return [...told(db, `${name} cannot read`, UNREAD), ...told(db, `${name} believes to be parked`, SAID)];
  });
  return [...atServers, ...leftAlone, ...atTerminals];
}

const PARKED = `
  SELECT op.kind || ' ' || lower(substr(hex(op.op_id), 29)) || ' ' || code FROM op_result JOIN op ON op.id = op_result.op
  WHERE outcome = 'parked'`;

/** It dispatches them by itself. */
const ACCEPTED = "SELECT stream FROM projection WHERE type = 'case' AND json_extract(record, '$.state') = 'ACCEPTED'";
const UNREAD = "SELECT kind || ' ' || lower(substr(hex(op_id), -4)) FROM unread_op JOIN op USING (ord)";
const SAID = "SELECT epoch || '/' || seq || ' ' || code FROM op_result WHERE outcome = 'parked'";

function told(db: Looked, what: string, sql: string): string[] {
  const found = db.prepare(sql).pluck().all() as string[];
  return found.length > 0 ? [`${what}: ${found.join(', ')}`] : [];
}
