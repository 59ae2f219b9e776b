import { useEffect } from 'react';

/** Name of the mark; tests/bench/start.ts reads it. */
const MARK = 'yichuang-usable';

/**
 * Marks in the page's own timeline when a person can go to work: what was just put in place has been painted, and takes
 * keys. The first such page of a start counts.
 */
export function useUsableMark(): void {
  useEffect(() => {
    if (performance.getEntriesByName(MARK).length > 0) return;
    // A task after the frame's own: the pixels have left by then.
    const frame = requestAnimationFrame(() => setTimeout(() => performance.mark(MARK), 0));
    return () => cancelAnimationFrame(frame);
  }, []);
}
