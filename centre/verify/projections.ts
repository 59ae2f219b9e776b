import type { Finding } from '../../contract/finding.ts';
import type { CaseRecord } from '../../domain/case/types.ts';
import { canonicalJson } from '../../domain/ledger/canonical.ts';
import type { Op } from '../../domain/ledger/op.ts';
import { type Entity, reduce } from '../../domain/ledger/reduce.ts';
import type { SqlDatabase } from '../store/sqlDatabase.ts';
import { checkNumbers } from './numbers.ts';

/** The state of a stream as the log gives it. */
interface Replayed {
  entity: Entity;
  hall: string;
  /** Log position of the op that opened the case. */
  source: number | null;
}

interface ProjectionRow {
  stream: string;
  type: string;
  version: number;
  hall: string;
  number: string | null;
  source: number | null;
  record: string;
}

/** Applies the log to nothing, in the order in which it took effect, and compares what comes out with what is kept, stream by stream. */
export function checkProjections(db: SqlDatabase): Finding[] {
  const { states, findings } = replay(db);
  const missing = new Set(states.keys());
  const rows = db.prepare('SELECT * FROM projection ORDER BY stream').iterate() as IterableIterator<ProjectionRow>;
  for (const row of rows) {
    missing.delete(row.stream);
    const state = states.get(row.stream);
    if (!state) findings.push({ code: 'projection-differs', detail: `${row.stream}: not in the log` });
    else if (!isSame(state, row)) findings.push({ code: 'projection-differs', detail: `${row.stream}: differs` });
  }
  for (const stream of missing) findings.push({ code: 'projection-differs', detail: `${stream}: missing` });
  const cases = [...states].flatMap(([stream, { entity }]) =>
    entity.type === 'case' ? [{ stream, record: entity.record }] : [],
  );
  return [...findings, ...checkNumbers(db, cases)];
}

/** What waited, for the centre or for what it follows, took effect when it got its place, not when it came. */
const BY_SCOPE = `
  SELECT op.id, op.hall, op.envelope FROM scope_head JOIN scope_row ON scope_row.scope = scope_head.id
  JOIN op ON op.id = scope_row.op JOIN op_result ON op_result.op = op.id
  WHERE op_result.outcome = 'applied' AND (scope_head.scope = 'catalog' OR scope_head.scope LIKE 'hall:%')
  ORDER BY scope_head.id, scope_row.pos`;

/** The first op of a stream that cannot be applied is named; what follows there stays out. */
function replay(db: SqlDatabase): { states: Map<string, Replayed>; findings: Finding[] } {
  const states = new Map<string, Replayed>();
  const stopped = new Set<string>();
  const findings: Finding[] = [];
  const rows = db.prepare(BY_SCOPE).iterate() as IterableIterator<{
    id: number;
    hall: string;
    envelope: string;
  }>;
  for (const { id, hall, envelope } of rows) {
    let stream = '';
    try {
      const op = JSON.parse(envelope) as Op;
      stream = op.stream;
      if (stopped.has(stream)) continue;
      const known = states.get(stream);
      const entity = reduce(known?.entity ?? null, op);
      const source = known?.source ?? (entity.type === 'case' ? id : null);
      states.set(stream, { entity, hall: known?.hall ?? hall, source });
    } catch {
      stopped.add(stream);
      findings.push({ code: 'not-replayable', detail: `log position ${id}` });
    }
  }
  return { states, findings };
}

function isSame({ entity, hall, source }: Replayed, row: ProjectionRow): boolean {
  const { type, record } = entity;
  return (
    row.type === type &&
    row.version === record.version &&
    row.hall === hall &&
    row.source === source &&
    row.number === numberOf(entity) &&
    isSameRecord(row.record, entity.type === 'case' ? withoutAcceptance(entity.record) : record)
  );
}

function isSameRecord(text: string, record: object): boolean {
  try {
    return canonicalJson(JSON.parse(text)) === canonicalJson(record);
  } catch {
    return false;
  }
}

function withoutAcceptance({ acceptance: _inTheLog, ...rest }: CaseRecord): object {
  return rest;
}

function numberOf(entity: Entity): string | null {
  if (entity.type === 'case') return entity.record.acceptance.number;
  return entity.type === 'staff' ? entity.record.number : null;
}
