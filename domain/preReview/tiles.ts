import { type Counter, isOfferedAt } from '../catalogue/offered.ts';
import type { Catalogue, Item, ProjectKind } from '../catalogue/types.ts';
import { FUND_TILES } from './fundTiles.ts';
import { REGISTRATION_TILES } from './registrationTiles.ts';
import { group, leaf, MAX_TILES, type Tile } from './tile.ts';

/** Whether somebody applies for it at all: what the registrar corrects by himself has no tile. */
export function isChosen(item: Item): boolean {
  return item.applicancy !== 'ex-officio';
}

/**
 * The questions of this counter: branches without an item are left out, a question with one answer is not asked. An item
 * of a newer catalogue that no tile knows stands under 其他, by its own name: nothing that is offered is out of reach.
 */
export function tilesFor(catalogue: Pick<Catalogue, 'items'>, counter: Counter): Tile[] {
  const offered = catalogue.items.filter((item) => isOfferedAt(item, counter) && isChosen(item));
  const codes = new Set(offered.map(({ code }) => code));
  const registration = prune(REGISTRATION_TILES, codes);
  const fund = prune(FUND_TILES, codes);
  const known = new Set([...leavesOf(registration), ...leavesOf(fund)].map(({ code }) => code));
  const strays = offered.filter(({ code }) => !known.has(code)).map((item) => leaf(item.code, item.name));
  return withStrays(join(registration, fund), strays);
}

/** Every item below these tiles, with how many questions lead to it. */
export function leavesOf(
  tiles: readonly Tile[],
  depth = 1,
): { code: string; projectKind?: ProjectKind | undefined; depth: number }[] {
  return tiles.flatMap(({ leads }) =>
    leads.to === 'item'
      ? [{ code: leads.code, projectKind: leads.projectKind, depth }]
      : leavesOf(leads.tiles, depth + 1),
  );
}

function join(registration: Tile[], fund: Tile[]): Tile[] {
  if (registration.length === 0 || fund.length === 0) return [...registration, ...fund];
  // The window in the fund's hall registers mortgages and little else: one question less.
  const [only] = registration;
  const first = registration.length === 1 && only ? only : group('不动产登记', '房产证、抵押、继承等', registration);
  return [first, ...fund];
}

function prune(tiles: readonly Tile[], codes: ReadonlySet<string>): Tile[] {
  return tiles.flatMap((tile) => {
    if (tile.leads.to === 'item') return codes.has(tile.leads.code) ? [tile] : [];
    const below = prune(tile.leads.tiles, codes);
    return below.length <= 1 ? below : [{ ...tile, leads: { to: 'tiles' as const, tiles: below } }];
  });
}

function withStrays(tiles: Tile[], strays: readonly Tile[]): Tile[] {
  if (strays.length === 0) return tiles;
  const others = strays.length === 1 ? strays : [group('其他事项', '', pack(strays))];
  if (tiles.length + others.length <= MAX_TILES) return [...tiles, ...others];
  const last = tiles.at(-1);
  return [...tiles.slice(0, -1), group('其他', last?.title ?? '', [...(last ? [last] : []), ...others])];
}

/** At most six a screen, the rest behind the sixth. */
function pack(tiles: readonly Tile[]): readonly Tile[] {
  if (tiles.length <= MAX_TILES) return tiles;
  return [...tiles.slice(0, MAX_TILES - 1), group('更多', '', pack(tiles.slice(MAX_TILES - 1)))];
}
