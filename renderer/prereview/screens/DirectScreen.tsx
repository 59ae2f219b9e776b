import { t } from '../../strings/index.ts';
import styles from '../Kiosk.module.css';
import type { KioskState } from '../kioskStore.ts';

/** T43: what a court brings is served at once, without a ticket. */
export function DirectScreen({ state }: { state: KioskState }) {
  const words = t.prereview.direct;
  const floor = state.item?.floor === 2 ? 2 : 3;
  return (
    <main className={styles.ask}>
      <h1 id="question">{words.question}</h1>
      <p className={styles.lead}>{words.text(words.floor(floor))}</p>
      <button type="button" className={styles.primary} onClick={state.end}>
        {words.done}
      </button>
    </main>
  );
}
