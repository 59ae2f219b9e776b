import { acceptanceIn } from '../../../domain/case/types.ts';
import type { Entity } from '../../../domain/ledger/reduce.ts';

/** A projected stream as it is stored. A case leaves its acceptance in the log: it is long, and never changes. */
export interface EntityRow {
  type: Entity['type'];
  hall: string;
  record: string;
  /** The op that opened the case: it holds the acceptance. */
  source: string | null;
}

export function entityFromRow({ type, record, source }: EntityRow): Entity {
  const rest = JSON.parse(record) as object;
  return (
    source === null
      ? { type, record: rest }
      : { type, record: { ...rest, acceptance: acceptanceIn(JSON.parse(source).body) } }
  ) as Entity;
}

/** What is stored in the row. */
export function withoutAcceptance(entity: Entity): object {
  if (entity.type !== 'case') return entity.record;
  const { acceptance: _inTheLog, ...rest } = entity.record;
  return rest;
}

/** What people call it by; unique where the schema says so. */
export function numberOf(entity: Entity): string | null {
  switch (entity.type) {
    case 'case':
      return entity.record.acceptance.number;
    case 'staff':
      return entity.record.number;
    default:
      return null;
  }
}
