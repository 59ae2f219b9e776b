import { verifyCentre } from '../../../centre/verify/verify.ts';
import type { Store } from '../../../db/store.ts';
import { verifyDatabase } from '../../../db/verify.ts';
import { isHallStream } from '../../../domain/hall/reduceHall.ts';
import { canonicalJson } from '../../../domain/ledger/canonical.ts';
import type { Looked } from '../engine/looked.ts';
import { checkCalls } from './callInvariants.ts';
import { checkOwners, checkReturned } from './caseInvariants.ts';
import { withDashes } from './faults.ts';
import { checkLoneRows } from './loneRows.ts';
import type { World } from './world.ts';

/** What must hold once everything is at rest, whatever went wrong before. @returns each thing that does not, in words */
export function findBroken(world: World): string[] {
  const centre = world.databaseOf(world.centre);
  if (!centre) return ['the centre never wrote anything'];
  return [
    ...checkSaved(world, centre),
    ...checkStrangers(world, centre),
    ...checkTickets(world, centre),
    ...checkCalls(world, centre),
    ...checkReceipts(world, centre),
    ...checkHubs(world),
    ...checkFiles(world),
    ...checkReplicas(world, centre),
    ...checkOwners(centre),
    ...checkReturned(world, centre),
    ...checkLoneRows(world, centre),
  ];
}

/** What is known under another number has an id of its own there. */
const FIRST_OPS = `SELECT lower(hex(op_id)), lower(hex(device)) FROM op JOIN op_result ON op_result.op = op.id
  WHERE code IS DISTINCT FROM 'repeated'`;

function opIdsAt(db: Looked): string[] {
  return (db.prepare(FIRST_OPS).pluck().all() as string[]).map(withDashes);
}

/** 已保存 was shown: it is at the centre, exactly once. */
function checkSaved({ promises }: World, centre: Looked): string[] {
  const times = new Map<string, number>();
  for (const opId of opIdsAt(centre)) times.set(opId, (times.get(opId) ?? 0) + 1);
  const broken = [...times].filter(([, count]) => count > 1).map(([opId]) => `op ${opId} is at the centre twice`);
  for (const [opId, by] of promises.saved) {
    if (times.has(opId) || promises.lost.has(opId)) continue;
    broken.push(`${by} showed op ${opId} as saved, and it is not at the centre`);
  }
  return broken;
}

/** Nothing at the centre that nobody wrote. */
function checkStrangers({ promises, terminals }: World, centre: Looked): string[] {
  const devices = terminals.map(({ running }) => running?.store.ledger.device ?? '');
  const rows = centre.prepare(FIRST_OPS).raw().all() as [string, string][];
  return rows
    .map(([opId, device]) => [withDashes(opId), withDashes(device)] as const)
    .filter(([opId, device]) => devices.includes(device) && !promises.attempted.has(opId))
    .map(([opId]) => `op ${opId} is at the centre, and nobody ever wrote it`);
}

/**
 * A number that was printed is that ticket's and no other's. But a machine on an old copy of its disk that hears nobody goes
 * on with its own numbers where that copy ends: nothing on it or around it knows better. The centre finds the two.
 */
function checkTickets({ promises, hubs }: World, centre: Looked): string[] {
  const broken: string[] = [];
  const printed = new Map<string, { ticketId: string; by: string; id: string }>();
  for (const { key, ticketId, by, id } of promises.tickets) {
    const other = printed.get(key);
    const isOnOldDisk = other?.by === by && promises.putBack.has(by);
    const isTwin = other !== undefined && other.id === id && promises.twins.has(id);
    // As the machine, so the centre that gives the numbers: nothing on its whole disk tells that it was put back.
    const isOfOldCentre = hubs.length === 0 && promises.centrePutBack?.isWholeDisk;
    if (other && other.ticketId !== ticketId && !isOnOldDisk && !isTwin && !isOfOldCentre)
      broken.push(`number ${key} is on two tickets`);
    printed.set(key, { ticketId, by, id });
    const isKnown = centre
      .prepare("SELECT 1 FROM op WHERE stream = ? AND kind = 'ticket.taken'")
      .get(`ticket:${ticketId}`);
    if (!isKnown && !promises.lostStreams.has(`ticket:${ticketId}`))
      broken.push(`${by} printed ${key}, and the centre does not know that ticket`);
  }
  return broken;
}

/** What a machine was told to be durable is what the centre has. */
function checkReceipts(world: World, centre: Looked): string[] {
  const { promises, hubs } = world;
  const find = centre
    .prepare('SELECT lower(hex(hash)) FROM op WHERE device = unhex(?) AND epoch = ? AND seq = ?')
    .pluck();
  return promises.receipts.flatMap(({ device, epoch, seq, hash, from, isWritten }) => {
    const stored = seq === 0 ? hash : find.get(device.replaceAll('-', ''), epoch, seq);
    if (stored === hash) return [];
    // What only a deposed hub had, or a centre before it was put back, is sent again by the terminal; one on an old copy of its
    // disk does not have it any more. That nothing else stands in its place is not excused.
    const hasForgotten = hubs.length > 1 || promises.centrePutBack !== null;
    if (stored === undefined && hasForgotten && promises.putBack.has(from)) return [];
    // Nor does anybody have a receipt that a machine heard and died before it had written it down, when the centre that gave
    // it has forgotten it, too.
    if (stored === undefined && promises.centrePutBack !== null && !isWritten) return [];
    return [
      `${from} has a receipt for op ${epoch}/${seq}, and the centre has ${stored === undefined ? 'none' : 'another'}`,
    ];
  });
}

function checkHubs({ hubs }: World): string[] {
  const active = hubs.filter(({ centre }) => centre?.isActive());
  return active.length > 1 ? [`${active.map(({ name }) => name).join(' and ')} both decide`] : [];
}

/** Chains, receipts, projections, numbers and queue, by the programs' own checks. */
function checkFiles({ terminals, servers, promises }: World): string[] {
  const atTerminals = terminals.flatMap(({ name, running }) =>
    (running ? verifyDatabase(running.store.db) : []).map(({ code, detail }) => `${name}: ${code} ${detail}`),
  );
  const copied = [...promises.copiedDevices];
  const atServers = servers.flatMap(({ name, dir, database }) =>
    verifyCentre(dir, database)
      // That it once promised more stands there until somebody says `yichuang devices --settled`.
      .filter(({ code }) => !(promises.centrePutBack && code === 'cut-below-receipt'))
      // Two copies of one disk are at work, and what one of them was promised is judged after the other has begun an epoch.
      .filter(({ code, detail }) => !(code === 'epoch-clash' && copied.some((device) => detail.startsWith(device))))
      .map(({ code, detail }) => `${name}: ${code} ${detail}`),
  );
  return [...atTerminals, ...atServers];
}

/**
 * Everybody who has read the hall to its end has the same ops of every stream, in the same order; or, where an own op
 * was there before one that it follows, has made the same of them.
 */
function checkReplicas(world: World, centre: Looked): string[] {
  const { terminals, promises, trace } = world;
  const published = streamsOf(
    centre
      .prepare(`
        SELECT op.stream, lower(hex(op.op_id)), op.kind FROM scope_row JOIN op ON op.id = scope_row.op
        JOIN scope_head ON scope_head.id = scope_row.scope WHERE scope_head.scope = 'hall:main' ORDER BY scope_row.pos`)
      .raw()
      .all() as StreamRow[],
  );
  const lostThere = new Set(
    [...(promises.centrePutBack ? promises.shortenedStreams : [])].map((stream) => stream.replaceAll('-', '')),
  );
  const reconciled = new Set(centre.prepare(RECONCILED).pluck().all() as string[]);
  trace.count('ticket of which two hubs decided', reconciled.size);
  trace.count('number called by two hubs', centre.prepare(CALLED_TWICE).pluck().get() as number);
  const recordThere = centre.prepare("SELECT record FROM projection WHERE replace(stream, '-', '') = ?").pluck();
  return terminals.flatMap(({ name, speaks, running }) => {
    // Before version 3 nobody compares: rows that the centre has in other places now are not missed.
    if (!running || (speaks !== null && promises.centrePutBack)) return [];
    const own = streamsOf(
      running.store.db
        .prepare(`
          SELECT stream_kind || ':' || lower(hex(stream_id)), lower(hex(op_id)), kind FROM op WHERE applied = 1
          ORDER BY ord`)
        .raw()
        .all() as StreamRow[],
    );
    return [...published].flatMap(([stream, ops]) => {
      // What the centre itself lost stays here: what a person has to look at is no fault.
      if (lostThere.has(stream)) return [];
      const here = own.get(stream) ?? [];
      if (idsOf(here).join() === idsOf(ops).join() || isNumberTaken(running.store, centre, stream)) return [];
      const theirs = recordThere.get(stream) as string | undefined;
      const isSame = theirs !== undefined && recordOf(running.store, stream) === canonicalJson(JSON.parse(theirs));
      // What each had before of what the two hubs decided is not the same; how it stands since then is.
      if (isSame && reconciled.has(stream)) return [];
      if (isSame && idsOf(here).sort().join() === idsOf(ops).sort().join()) return [];
      return [`${name} has ${stream} as ${kindsOf(here)}; the centre as ${kindsOf(ops)}`];
    });
  });
}

/** Without dashes. */
const RECONCILED = "SELECT DISTINCT replace(stream, '-', '') FROM op WHERE kind = 'ticket.reconciled'";
const CALLED_TWICE =
  "SELECT count(*) FROM op_result JOIN op ON op.id = op_result.op WHERE code = 'overtaken' AND kind = 'ticket.called'";

function idsOf(ops: readonly { opId: string }[]): string[] {
  return ops.map(({ opId }) => opId);
}

/**
 * On an old copy of its disk a window may have given a number again before anybody answered it. The centre has refused that
 * case; here it keeps the place of the one that had the number first, until a person has seen to it.
 */
function isNumberTaken({ db }: Store, centre: Looked, stream: string): boolean {
  const number = centre.prepare("SELECT number FROM projection WHERE replace(stream, '-', '') = ?").pluck().get(stream);
  return (
    db
      .prepare(`
        SELECT 1 FROM case_file JOIN op_result ON op_result.stream_id = case_file.id
        WHERE number = ? AND outcome = 'rejected' AND code = 'duplicate-case-number'`)
      .get(number) !== undefined
  );
}

/** Of a stream of the hall, or of what came back. */
function recordOf({ hall, returned }: Store, stream: string): string | null {
  const [kind = '', id = ''] = stream.split(':');
  const held = isHallStream(kind) ? hall.read(kind, withDashes(id))?.record : null;
  const record = kind === 'return' ? returned.find(withDashes(id)) : held;
  return record ? canonicalJson(record) : null;
}

type StreamRow = [stream: string, opId: string, kind: string];

function streamsOf(rows: readonly StreamRow[]): Map<string, { opId: string; kind: string }[]> {
  const streams = new Map<string, { opId: string; kind: string }[]>();
  for (const [stream, opId, kind] of rows) {
    const key = stream.replaceAll('-', '');
    const ops = streams.get(key) ?? [];
    ops.push({ opId, kind });
    streams.set(key, ops);
  }
  return streams;
}

function kindsOf(ops: readonly { opId: string; kind: string }[]): string {
  return ops.map(({ opId, kind }) => `${kind} ${opId.slice(-4)}`).join(', ') || 'nothing';
}
