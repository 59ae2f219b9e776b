import { useStore } from 'zustand';
import { useApp } from '../app/app.ts';
import { t } from '../strings/index.ts';
import { Icon } from '../ui/Icon.tsx';
import { keepFocus } from '../window/keepFocus.ts';
import bar from '../window/TopBar.module.css';
import styles from './Health.module.css';
import { HealthList } from './HealthList.tsx';

/** In the bar of every desk while anything is wrong with the machine; nothing while all is well. */
export function HealthButton() {
  const alarms = useStore(useApp().status, (state) => state.health);
  if (alarms.length === 0) return null;
  const isGrave = alarms.some(({ level }) => level !== 'near');
  return (
    <>
      <button
        type="button"
        className={`${bar.item} ${isGrave ? bar.bad : bar.attention} ${styles.button}`}
        popoverTarget="health-details"
        onMouseDown={keepFocus}
        aria-label={t.health.buttonLabel(alarms.length)}
        data-testid="health-button"
      >
        <Icon name="warning" />
        {t.health.button(alarms.length)}
      </button>
      <section
        id="health-details"
        popover="auto"
        className={`${bar.popover} ${styles.popover}`}
        aria-label={t.health.title}
      >
        <HealthList />
      </section>
    </>
  );
}
