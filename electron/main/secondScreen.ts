import type { SecondFace } from '../../contract/config/screen.ts';
import { parseJsonc } from '../../contract/jsonc.ts';

/** Where a display lies; the part of Electron's `Display` that counts here. */
interface Placed {
  id: number;
  bounds: { x: number; y: number };
}

/** A second page beside the desk: on which display, and what it is. */
export interface SecondScreen {
  /** As in `displayOf`. */
  display: number;
  shows: SecondFace;
}

/** `screen.display` of a configuration, before it is known to be any use otherwise; null when it names none. */
export function peekSecondScreen(text: string): SecondScreen | null {
  const raw = parseJsonc(text).value as { screen?: { display?: unknown; shows?: unknown } } | undefined;
  const { display, shows } = raw?.screen ?? {};
  if (typeof display !== 'number' || !Number.isInteger(display) || display < 1) return null;
  return { display, shows: shows === 'citizen' ? 'citizen' : 'screen' };
}

/**
 * The display a number means: 1 is the main one, the others follow from left to right, then from top to bottom. Systems
 * number them in ways that change when a cable is moved.
 * @returns null while so many are not connected
 */
export function displayOf<T extends Placed>(number: number, displays: readonly T[], primaryId: number): T | null {
  const others = displays
    .filter(({ id }) => id !== primaryId)
    .sort((a, b) => a.bounds.x - b.bounds.x || a.bounds.y - b.bounds.y);
  const main = displays.find(({ id }) => id === primaryId);
  return [...(main ? [main] : []), ...others][number - 1] ?? null;
}
