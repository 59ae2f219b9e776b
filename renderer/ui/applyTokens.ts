import { cssVariables } from './cssVariables.ts';
import { dark, light } from './tokens.ts';

let stopPrevious: (() => void) | null = null;

/**
 * Writes the tokens to the root element through the CSSOM, which a strict `style-src 'self'` permits, and follows the
 * system's light or dark setting. Called before the first render and again when the role
 * is known; the last call counts.
 * @param face `desk` of those who work here: dark when the system is, and larger on a large display; the citizen's faces, kiosk
 * and screen, are always light and have measures of their own (faces.md)
 */
export function applyTokens(root: HTMLElement, face: 'desk' | 'citizen'): void {
  stopPrevious?.();
  const isDesk = face === 'desk';
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  const apply = (): void => {
    const isDark = isDesk && system.matches;
    for (const [name, value] of cssVariables(isDark ? dark : light, { isDesk })) root.style.setProperty(name, value);
    root.style.setProperty('color-scheme', isDark ? 'dark' : 'light');
  };
  apply();
  system.addEventListener('change', apply);
  stopPrevious = () => system.removeEventListener('change', apply);
}
