import { readFileSync, writeFileSync } from 'node:fs';

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface RememberedBounds extends Rectangle {
  maximized: boolean;
}

/** @returns null on a first start, or when the file is no use */
export function readBounds(file: string): RememberedBounds | null {
  try {
    const found: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isRemembered(found) ? found : null;
  } catch {
    return null;
  }
}

/** By hand: the window does not wait for zod. */
function isRemembered(value: unknown): value is RememberedBounds {
  const { x, y, width, height, maximized } = (value ?? {}) as Record<string, unknown>;
  const isWhole = [x, y, width, height].every(Number.isInteger);
  return isWhole && Number(width) > 0 && Number(height) > 0 && typeof maximized === 'boolean';
}

/** Losing it costs one drag of the mouse, so failing to write is no error. */
export function writeBounds(file: string, bounds: RememberedBounds): void {
  try {
    writeFileSync(file, JSON.stringify(bounds));
  } catch {
    // See above.
  }
}

/** Keeps a window where it was unless that place is no longer on a screen: monitors are unplugged. */
export function fitBounds(wanted: Rectangle, areas: readonly Rectangle[], fallback: Rectangle): Rectangle {
  const area = areas.find((candidate) => overlaps(wanted, candidate));
  if (!area) return fallback;
  const width = Math.min(wanted.width, area.width);
  const height = Math.min(wanted.height, area.height);
  return {
    width,
    height,
    x: Math.min(Math.max(wanted.x, area.x), area.x + area.width - width),
    y: Math.min(Math.max(wanted.y, area.y), area.y + area.height - height),
  };
}

function overlaps(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
