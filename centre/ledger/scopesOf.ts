import { isHallStream } from '../../domain/hall/reduceHall.ts';
import { caseOf, streamOf } from '../../domain/ledger/op.ts';
import { CATALOG_SCOPE, isForEveryHall } from '../../domain/ledger/published.ts';
import type { HeldEntity, NewOp } from '../store/types.ts';

/** To which scopes an op is published. @param held the stream as it is after it; null: it could not be applied */
export function scopesOf(hall: string, op: NewOp['op'], held: HeldEntity | null): string[] {
  const scopes = [isForEveryHall(op.stream) ? CATALOG_SCOPE : `hall:${hall}`];
  const { kind } = streamOf(op);
  // A case pulled by itself must not bring a step of a ticket ahead of those before it.
  if (isHallStream(kind)) return scopes;
  const about = kind === 'case' ? op.stream : (caseOf(op) ?? caseOfFact(held));
  return about === null ? scopes : [...scopes, about];
}

/** A page that is moved or removed, and a sheet on its way, no longer say whose they are. */
function caseOfFact(held: HeldEntity | null): string | null {
  const entity = held?.entity;
  return entity?.type === 'scan' || entity?.type === 'print' ? `case:${entity.record.caseId}` : null;
}
