import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const rectangle = z.object({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() });
const remembered = rectangle.extend({ maximized: z.boolean() });

export type Rectangle = z.infer<typeof rectangle>;
export type RememberedBounds = z.infer<typeof remembered>;

/** @returns null on a first start, or when the file is no use */
export function readBounds(file: string): RememberedBounds | null {
  try {
    return remembered.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
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
