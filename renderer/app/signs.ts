/** What counts as somebody being there. */
export const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/**
 * Tells of signs of the clerk at once and then at most once in `everyMs`, the last one of a burst included: what is told
 * is never older than that.
 * @returns a function that stops watching
 */
export function reportSigns(target: EventTarget, everyMs: number, tell: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let again = false;
  const pause = (): void => {
    timer = setTimeout(() => {
      timer = null;
      if (again) sign();
    }, everyMs);
  };
  const sign = (): void => {
    again = timer !== null;
    if (timer !== null) return;
    tell();
    pause();
  };
  for (const name of SIGNS) target.addEventListener(name, sign, { passive: true, capture: true });
  return () => {
    if (timer) clearTimeout(timer);
    for (const name of SIGNS) target.removeEventListener(name, sign, { capture: true });
  };
}
