import { findItem, findMaterial } from '../../../domain/catalogue/catalogue.ts';
import { useCatalogue } from '../../app/useCatalogue.ts';
import { t } from '../../strings/index.ts';
import { Failed } from '../Failed.tsx';
import kiosk from '../Kiosk.module.css';
import type { KioskState } from '../kioskStore.ts';
import styles from './ResumeScreen.module.css';

/** Back with papers on the same day: nothing is asked twice (T05). */
export function ResumeScreen({ state }: { state: KioskState }) {
  const catalogue = useCatalogue('');
  const words = t.prereview.resume;
  const shown = state.visitor?.unfinished.slice(-3) ?? [];
  return (
    <main className={kiosk.ask}>
      <h1 id="question">{words.question}</h1>
      <ul className={styles.choices}>
        {shown.map(({ id, itemCode, missing }) => (
          <li key={id}>
            <div>
              <strong>{findItem(itemCode, catalogue)?.name ?? itemCode}</strong>
              <span>{words.lacked(missing.map((code) => findMaterial(code, catalogue)?.name ?? code).join('、'))}</span>
            </div>
            <button type="button" className={kiosk.primary} onClick={() => state.resume(id)}>
              {words.goOn}
            </button>
          </li>
        ))}
      </ul>
      <Failed failure={state.failure} />
      <button type="button" className={kiosk.secondary} onClick={state.chooseOther}>
        {words.other}
      </button>
    </main>
  );
}
