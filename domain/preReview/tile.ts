import type { ProjectKind } from '../catalogue/types.ts';

/** A question with at most six answers, or an item (users.md §B.3). */
export interface Tile {
  title: string;
  /** In the words of whoever comes; may be empty. */
  text: string;
  leads: { to: 'item'; code: string; projectKind?: ProjectKind | undefined } | { to: 'tiles'; tiles: readonly Tile[] };
}

export const MAX_TILES = 6;

export function group(title: string, text: string, tiles: readonly Tile[]): Tile {
  return { title, text, leads: { to: 'tiles', tiles } };
}

export function leaf(code: string, title: string, text = '', projectKind?: ProjectKind): Tile {
  return { title, text, leads: { to: 'item', code, projectKind } };
}
