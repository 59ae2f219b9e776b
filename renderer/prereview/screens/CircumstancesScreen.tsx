import { conditionsAsked } from '../../../domain/preReview/questions.ts';
import { useCatalogue } from '../../app/useCatalogue.ts';
import { t } from '../../strings/index.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Failed } from '../Failed.tsx';
import kiosk from '../Kiosk.module.css';
import type { KioskState } from '../kioskStore.ts';
import styles from './CircumstancesScreen.module.css';

export function CircumstancesScreen({ state, guided }: { state: KioskState; guided: boolean }) {
  const catalogue = useCatalogue('');
  const words = t.prereview.circumstances;
  const { item, conditions } = state;
  if (!item) return null;
  return (
    <main className={kiosk.ask}>
      <h1 id="question">{words.question}</h1>
      <ul className={styles.ticks}>
        {conditionsAsked(item, catalogue).map(({ condition, text }) => {
          const isOn = conditions.includes(condition);
          return (
            <li key={condition}>
              <Tick on={isOn} onToggle={() => state.toggle(condition)}>
                {text}
              </Tick>
            </li>
          );
        })}
        {guided ? (
          <li>
            <Tick on={state.priority} onToggle={() => state.setPriority(!state.priority)}>
              {t.prereview.staff.asPriority}
            </Tick>
          </li>
        ) : null}
      </ul>
      <Failed failure={state.failure} />
      <button type="button" className={kiosk.primary} disabled={state.busy !== null} onClick={state.circumstancesDone}>
        {conditions.length === 0 ? words.none : words.done(conditions.length)}
      </button>
    </main>
  );
}

function Tick({ on, onToggle, children }: { on: boolean; onToggle(): void; children: string }) {
  return (
    <button type="button" className={styles.tick} aria-pressed={on} onClick={onToggle}>
      <span className={styles.box}>{on ? <Icon name="good" /> : null}</span>
      {children}
    </button>
  );
}
