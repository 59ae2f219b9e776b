import { useEffect, useRef, useState } from 'react';
import { watchIdle } from '../app/idle.ts';

/** faces.md, kiosk: asked after 45 s, wiped 20 s later. */
export const ASK_AFTER_MS = 45_000;
export const WIPE_AFTER_S = 20;

/**
 * Whether somebody is still there. Touching anything answers; the question itself is answered with its button only.
 * @param active somebody's data are on the page
 * @returns seconds left while it asks, else null
 */
export function useStillThere(active: boolean, wipe: () => void): { left: number | null; stay: () => void } {
  const [left, setLeft] = useState<number | null>(null);
  const wiping = useRef(wipe);
  wiping.current = wipe;
  const isAsking = left !== null;
  useEffect(() => {
    if (!active || isAsking) return;
    return watchIdle(window, ASK_AFTER_MS, () => setLeft(WIPE_AFTER_S));
  }, [active, isAsking]);
  useEffect(() => {
    if (!active) setLeft(null);
  }, [active]);
  useEffect(() => {
    if (!isAsking) return;
    const timer = setInterval(() => setLeft((seconds) => (seconds === null ? null : seconds - 1)), 1000);
    return () => clearInterval(timer);
  }, [isAsking]);
  useEffect(() => {
    if (left === null || left > 0) return;
    setLeft(null);
    wiping.current();
  }, [left]);
  return { left, stay: () => setLeft(null) };
}
