const FIRST_FLOOR = 1;
const LAST_FLOOR = 9;

/** Of `/screen?floor=2`. @returns null when it names no floor of a hall */
export function floorOf(search: string): number | null {
  const text = new URLSearchParams(search).get('floor') ?? '';
  const floor = /^\d$/.test(text) ? Number(text) : Number.NaN;
  return floor >= FIRST_FLOOR && floor <= LAST_FLOOR ? floor : null;
}
