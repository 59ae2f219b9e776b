import { fonts, type Palette, sizes, slipColours, space, type } from './tokens.ts';

/** Lines of a display up to which a desk has the sizes of tokens.ts; on one with more it grows in proportion. */
const DESK_LINES = 1200;

/** The type of those who sit before it; the board has a growth of its own, and citizens' faces have theirs. */
const DESK_TYPE: readonly string[] = ['small', 'body', 'section', 'page', 'hand'] satisfies (keyof typeof type)[];

/**
 * Every custom property of a theme, as name and value: `--color-ink`, `--size-top-bar`, `--type-body`, `--line-body`.
 * @param options.isDesk a face of those who work here: it keeps its measures on a 4K display that the system does not scale
 */
export function cssVariables(palette: Palette, { isDesk }: { isDesk: boolean }): Map<string, string> {
  const grown = (length: string): string => (isDesk ? atDesk(length) : length);
  const variables = new Map<string, string>();
  for (const [name, value] of Object.entries({ ...palette, ...slipColours })) {
    variables.set(`--color-${kebab(name)}`, value);
  }
  for (const [name, value] of Object.entries(sizes)) variables.set(`--size-${kebab(name)}`, grown(value));
  for (const [name, lengths] of Object.entries(type)) {
    const [size, line] = DESK_TYPE.includes(name) ? lengths.map(grown) : lengths;
    variables.set(`--type-${kebab(name)}`, size ?? '');
    variables.set(`--line-${kebab(name)}`, line ?? '');
  }
  space.forEach((value, index) => {
    variables.set(`--space-${index}`, grown(value));
  });
  for (const [name, value] of Object.entries(fonts)) variables.set(`--font-${name}`, value);
  return variables;
}

/** `14px` is 14 px up to 1200 lines and 25 px at 2160. */
function atDesk(length: string): string {
  return length.replace(/\b(\d+)px/g, (px, count) => {
    const share = Math.round((Number(count) / DESK_LINES) * 100_000) / 1000;
    return `max(${px}, ${share}vmin)`;
  });
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
