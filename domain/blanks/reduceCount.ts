import type { BlankContext } from './reducePack.ts';
import type { BlankStepped, CountBodies, CountRecord } from './types.ts';

/**
 * A day-end count of one window and form. It may be counted again, which takes a signature away: what was signed was
 * another result.
 */
export function closeCount(
  current: CountRecord | null,
  closed: CountBodies['count.closed'],
  { id, actor, at }: BlankContext,
): BlankStepped<CountRecord> {
  if (closed.witness === actor) return { ok: false, code: 'two-person' };
  const isSameDrawer =
    !current ||
    (current.closed.window === closed.window &&
      current.closed.day === closed.day &&
      current.closed.form === closed.form);
  if (!isSameDrawer || closed.difference !== closed.counted - closed.expected) {
    return { ok: false, code: 'illegal-transition' };
  }
  return { ok: true, record: { id, version: (current?.version ?? 0) + 1, closed, by: actor, at, signed: null } };
}

/** The supervisor takes note of what is missing or over; whoever counted cannot. */
export function signCount(
  current: CountRecord | null,
  { note }: CountBodies['count.signed'],
  { actor, at }: BlankContext,
): BlankStepped<CountRecord> {
  if (!current || current.signed) return { ok: false, code: 'illegal-transition' };
  if (actor === current.by || actor === current.closed.witness) return { ok: false, code: 'two-person' };
  return { ok: true, record: { ...current, version: current.version + 1, signed: { by: actor, at, note } } };
}

/** Nothing missing and nothing over: clean blanks, spoiled papers, and what the printer's journal knows of. */
export function isEven(closed: CountBodies['count.closed']): boolean {
  const { difference, papersCounted, papersExpected, sheets = 0, sheetsExpected = 0 } = closed;
  return difference === 0 && papersCounted === papersExpected && sheets === sheetsExpected;
}
