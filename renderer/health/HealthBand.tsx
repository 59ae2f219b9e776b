import { useStore } from 'zustand';
import { useApp } from '../app/app.ts';
import { t } from '../strings/index.ts';
import { Band } from '../ui/Notice.tsx';

/** The worst alarm nobody has seen yet. What can wait stands behind the button in the bar only. */
export function HealthBand() {
  const alarms = useStore(useApp().status, (state) => state.health);
  const loud = alarms.filter(({ level, known }) => level === 'stop' || (level === 'over' && known === null));
  const [worst] = loud;
  if (!worst) return null;
  const words = t.health.codes[worst.code];
  return (
    <Band icon="warning" title={words.what} tone="over">
      {[words.means, words.todo, loud.length > 1 ? t.health.more(loud.length - 1) : null]
        .filter(Boolean)
        .join(t.sentenceSeparator)}
    </Band>
  );
}
