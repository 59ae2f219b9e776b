import { t } from '../strings/index.ts';
import styles from './Busy.module.css';

/** While a number is taken and the slips come out. */
export function Busy() {
  return (
    <main className={styles.busy} aria-busy="true">
      <h1 role="status">{t.prereview.finishing}</h1>
    </main>
  );
}
