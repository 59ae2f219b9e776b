import { useStore } from 'zustand';
import { localTime } from '../../app/format.ts';
import { t } from '../../strings/index.ts';
import { Band } from '../../ui/Notice.tsx';
import { useWorkspace } from '../workspace.ts';

/** The hub is away: since when, what still works, and that only this window's own numbers are called. */
export function EmergencyBand() {
  const { app, desk } = useWorkspace();
  const state = useStore(desk.queue, (store) => store.state);
  const waiting = useStore(app.status, ({ sync }) => sync?.waiting ?? 0);
  if (state?.mode !== 'emergency') return null;
  const own = state.counts.reduce((sum, each) => sum + each.waiting, 0);
  return (
    <Band
      icon="offline"
      title={t.queue.emergency.title(state.hubAwaySince === null ? '' : localTime(state.hubAwaySince))}
    >
      {t.queue.emergency.works(own, waiting)}
    </Band>
  );
}
