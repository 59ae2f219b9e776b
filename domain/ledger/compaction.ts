import type { Entity } from './reduce.ts';

/** Streams by which a hall's scope grows every day, and of which nobody needs the steps once the day is long over. */
export const SHORT_LIVED_STREAMS = ['session', 'ticket', 'lease'] as const;

/**
 * Whether nothing can come of a stream any more, so that a snapshot of its hall may leave it out. Cases and everything that
 * belongs to them always stay.
 * @param day local day, ISO: what is of it or later stays
 */
export function isLongOver(entity: Entity, day: string): boolean {
  switch (entity.type) {
    case 'session':
      return entity.record.closedAt !== null;
    case 'lease':
      return entity.record.day < day;
    case 'ticket': {
      const { state, pickup } = entity.record;
      const hasEnded = state === 'FINISHED' || state === 'VOIDED';
      const isFetched = pickup === null || pickup.state === 'done' || pickup.state === 'cancelled';
      return entity.record.day < day && hasEnded && isFetched;
    }
    default:
      return false;
  }
}
