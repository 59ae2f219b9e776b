import { fonts, type Palette, sizes, slipColours, space, type } from './tokens.ts';

/** Every custom property of a theme, as name and value: `--color-ink`, `--size-top-bar`, `--type-body`, `--line-body`. */
export function cssVariables(palette: Palette): Map<string, string> {
  const variables = new Map<string, string>();
  for (const [name, value] of Object.entries({ ...palette, ...slipColours })) {
    variables.set(`--color-${kebab(name)}`, value);
  }
  for (const [name, value] of Object.entries(sizes)) variables.set(`--size-${kebab(name)}`, value);
  for (const [name, [size, line]] of Object.entries(type)) {
    variables.set(`--type-${kebab(name)}`, size);
    variables.set(`--line-${kebab(name)}`, line);
  }
  space.forEach((value, index) => {
    variables.set(`--space-${index}`, value);
  });
  for (const [name, value] of Object.entries(fonts)) variables.set(`--font-${name}`, value);
  return variables;
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
