import { SIGNS } from './signs.ts';

/**
 * Calls `onIdle` once after `afterMs` without a sign of the clerk; any sign restarts the wait.
 * @returns a function that stops watching
 */
export function watchIdle(target: EventTarget, afterMs: number, onIdle: () => void): () => void {
  let timer = setTimeout(onIdle, afterMs);
  const sign = (): void => {
    clearTimeout(timer);
    timer = setTimeout(onIdle, afterMs);
  };
  for (const name of SIGNS) target.addEventListener(name, sign, { passive: true, capture: true });
  return () => {
    clearTimeout(timer);
    for (const name of SIGNS) target.removeEventListener(name, sign, { capture: true });
  };
}
