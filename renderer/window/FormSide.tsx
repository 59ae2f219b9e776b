import { useStore } from 'zustand';
import { forecastDue } from '../../domain/clock/caseClock.ts';
import { promisedLimit } from '../../domain/clock/limit.ts';
import { useNow } from '../app/clock.ts';
import { t } from '../strings/index.ts';
import { useClockRules } from './clockRules.ts';
import { Checklist } from './parts/Checklist.tsx';
import { dueMoment, limitWords } from './parts/limitWords.ts';
import styles from './Side.module.css';
import windowStyles from './Window.module.css';
import { useWorkspace } from './workspace.ts';

export function FormSide() {
  const now = useNow();
  const rules = useClockRules();
  const limit = promisedLimit(useStore(useWorkspace().form, (state) => state.form));
  const due = limit && forecastDue(rules, limit, Date.parse(now));
  return (
    <>
      <section className={styles.limit} aria-label={t.limit.section}>
        <h2 className={windowStyles.heading}>{t.limit.section}</h2>
        {limit && due ? (
          <p className={styles.limitLine}>
            <b>{limitWords(limit)}</b>
            <span>{t.limit.ifNow(dueMoment(due, now), due.provisional)}</span>
          </p>
        ) : (
          <p className={styles.quiet}>{t.limit.waiting}</p>
        )}
      </section>
      <Checklist />
    </>
  );
}
