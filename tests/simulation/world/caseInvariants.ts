import { TRANSITIONS, type Transition } from '../../../domain/case/transitions.ts';
import { isKind, type Op } from '../../../domain/ledger/op.ts';
import { NOT_FOR_PEOPLE } from '../../../domain/returned/reduceReturned.ts';
import type { ReturnedRecord } from '../../../domain/returned/types.ts';
import type { Looked } from '../engine/looked.ts';
import { withDashes } from './faults.ts';
import type { World } from './world.ts';

/**
 * Of each case at the centre, read from its log alone: at any moment one window at most goes on with it by itself, and each
 * step that counts was made on exactly the one before it.
 */
export function checkOwners(centre: Looked): string[] {
  const terminalOf = new Map(
    centre.prepare("SELECT lower(hex(id)), terminal FROM device WHERE kind = 'terminal'").raw().all() as [
      string,
      string,
    ][],
  );
  const ops = (
    centre
      .prepare(`
        SELECT envelope FROM op JOIN op_result ON op_result.op = op.id
        WHERE stream LIKE 'case:%' AND outcome = 'applied' ORDER BY op.id`)
      .pluck()
      .all() as string[]
  ).map((envelope) => JSON.parse(envelope) as Op);
  const broken: string[] = [];
  const owners = new Map<string, string>();
  const versions = new Map<string, number>();
  for (const op of ops) {
    const { kind, stream, base_ver, op_id, device } = op;
    const version = versions.get(stream) ?? 0;
    if (base_ver !== version)
      broken.push(`${kind} ${op_id.slice(-4)} of ${stream} counts on ${version}, and was made on ${base_ver}`);
    versions.set(stream, version + 1);
    if (isKind(op, 'case.accepted') || isKind(op, 'case.taken')) owners.set(stream, op.body.window);
    const window = terminalOf.get(device.replaceAll('-', ''));
    if (!isKind(op, 'case.advanced') || window === undefined) continue;
    const { who }: Transition = TRANSITIONS[op.body.transition];
    if (who.includes('WIN') && owners.get(stream) !== window)
      broken.push(`${window} went on alone with ${stream} of ${owners.get(stream)}, and it counts`);
  }
  return broken;
}

/** Whatever came back to a machine has been decided by a person, and everybody can see it. */
export function checkReturned({ terminals }: World, centre: Looked): string[] {
  const find = centre.prepare('SELECT record FROM projection WHERE stream = ?').pluck();
  return terminals.flatMap(({ name, running }) => {
    if (!running) return [];
    const { db } = running.store;
    const kinds = NOT_FOR_PEOPLE.map((kind) => `'${kind}'`).join(', ');
    const ids = db
      .prepare(`
        SELECT lower(hex(op.op_id)) FROM op_result JOIN op USING (epoch, seq)
        WHERE op_result.outcome = 'rejected' AND op.device = ? AND op.stream_kind NOT IN (${kinds})`)
      .pluck()
      .all(Buffer.from(running.store.ledger.device.replaceAll('-', ''), 'hex')) as string[];
    return ids.flatMap((hex) => {
      const record = find.get(`return:${withDashes(hex)}`) as string | undefined;
      if (record === undefined) return [`${name}: ${hex.slice(-4)} came back, and the centre does not know`];
      const { settled } = JSON.parse(record) as ReturnedRecord;
      return settled === null ? [`${name}: nobody has decided about ${hex.slice(-4)}`] : [];
    });
  });
}
