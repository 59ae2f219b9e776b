import { useStore } from 'zustand';
import { findItem } from '../../domain/catalogue/catalogue.ts';
import { t } from '../strings/index.ts';
import { Checklist } from './parts/Checklist.tsx';
import styles from './Side.module.css';
import windowStyles from './Window.module.css';
import { useWorkspace } from './workspace.ts';

export function FormSide() {
  const { form } = useWorkspace();
  const item = findItem(useStore(form, (state) => state.form.itemCode));
  return (
    <>
      <section className={styles.limit} aria-label={t.limit.section}>
        <h2 className={windowStyles.heading}>{t.limit.section}</h2>
        {item ? (
          <p className={styles.limitLine}>
            <b>{t.limit.minutes(item.promiseMinutes)}</b>
            <span>{t.limit.fromAcceptance}</span>
          </p>
        ) : (
          <p className={styles.quiet}>{t.limit.waiting}</p>
        )}
      </section>
      <Checklist />
    </>
  );
}
