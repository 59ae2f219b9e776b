import type { ScreenState } from '../../contract/rpc/screen.ts';
import { t } from '../strings/index.ts';
import styles from './Screen.module.css';

/** As many as fit one line. */
const MOST = 6;

/** Who will be called to collect soon, so that nobody goes home a minute too early. */
export function Ready({ view }: { view: ScreenState }) {
  if (view.ready.length === 0) return null;
  return (
    <p className={styles.ready}>
      {t.screen.ready}
      {view.ready.slice(0, MOST).map(({ number }) => (
        <b key={number}>{number}</b>
      ))}
    </p>
  );
}
