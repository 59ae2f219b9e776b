import { useStore } from 'zustand';
import { useNow } from '../../app/clock.ts';
import { useWorkspace } from '../workspace.ts';
import type { Situation } from './verbs.ts';

/** The queue, and the instant by the hub's clock, renewed each second while a number is in hand. */
export function useSituation(): Situation {
  const { app, desk } = useWorkspace();
  const state = useStore(desk.queue, (each) => each.state);
  const busy = useStore(desk.queue, (each) => each.busy);
  const serviceUp = useStore(app.status, (each) => each.service === 'up');
  const offset = useStore(app.status, (each) => each.sync?.clockOffsetMs ?? 0);
  const ticks = (state?.current ?? null) !== null || (state?.rating ?? null) !== null;
  // Only that it ticks is asked: what is shown between two ticks is as young as the answer it comes with.
  useNow(ticks ? 1000 : 60_000);
  return { state, busy, serviceUp, now: Date.now() + offset };
}
