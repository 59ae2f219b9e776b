import { parse } from 'jsonc-parser';

/** Where a display lies; the part of Electron's `Display` that counts here. */
interface Placed {
  id: number;
  bounds: { x: number; y: number };
}

/** `screen.display` of a configuration, before it is known to be any use otherwise; null when it names none. */
export function peekSecondScreen(text: string): number | null {
  const raw = parse(text, [], { allowTrailingComma: true }) as { screen?: { display?: unknown } } | undefined;
  const display = raw?.screen?.display;
  return typeof display === 'number' && Number.isInteger(display) && display >= 1 ? display : null;
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
