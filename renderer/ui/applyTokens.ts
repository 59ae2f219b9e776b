import { cssVariables } from './cssVariables.ts';
import { dark, light } from './tokens.ts';

let stopPrevious: (() => void) | null = null;

/**
 * Writes the tokens to the root element through the CSSOM, which a strict `style-src 'self'` permits, and follows the
 * system's light or dark setting. Called before the first render and again when the role
 * is known; the last call counts.
 * @param options.allowDark false for the citizen's faces: kiosk and screen are always light (faces.md)
 */
export function applyTokens(root: HTMLElement, options: { allowDark: boolean }): void {
  stopPrevious?.();
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  const apply = (): void => {
    const isDark = options.allowDark && system.matches;
    for (const [name, value] of cssVariables(isDark ? dark : light)) root.style.setProperty(name, value);
    root.style.setProperty('color-scheme', isDark ? 'dark' : 'light');
  };
  apply();
  system.addEventListener('change', apply);
  stopPrevious = () => system.removeEventListener('change', apply);
}
