import { HALL_STREAMS } from '../hall/reduceHall.ts';

/** Who decides about an op: the hall's own hub at once, or the centre for all halls. */
export type Plane = 'hall' | 'centre';

/** The queue of a hall and what hangs on it: a hub decides here while the centre is away (design.md §6). */
const HALL_PREFIXES = [...HALL_STREAMS, 'hub'].map((name) => `${name}.`);

/** @param kind of an op, known here or not */
export function planeOf(kind: string): Plane {
  return HALL_PREFIXES.some((prefix) => kind.startsWith(prefix)) ? 'hall' : 'centre';
}
