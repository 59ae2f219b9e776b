import { useStore } from 'zustand';
import { CATALOGUE, findItem } from '../../domain/catalogue/catalogue.ts';
import { feeOf } from '../../domain/catalogue/feeOf.ts';
import type { Item } from '../../domain/catalogue/types.ts';
import { forecastDue } from '../../domain/clock/caseClock.ts';
import { promisedLimit } from '../../domain/clock/limit.ts';
import { useNow } from '../app/clock.ts';
import { localDay } from '../app/format.ts';
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
  const form = useStore(useWorkspace().form, (state) => state.form);
  const item = findItem(form.itemCode);
  const limit = promisedLimit(form);
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
          <p className={styles.quiet}>{item ? t.limit.waitingForProject : t.limit.waiting}</p>
        )}
        {item ? <FeeLine item={item} /> : null}
      </section>
      <Checklist />
    </>
  );
}

/** What the applicant asks first. The amount that is charged is fixed at the fee desk (domain.md §2.7). */
function FeeLine({ item }: { item: Item }) {
  const today = localDay(useNow());
  const amount = (use: 'residential' | 'other') =>
    feeOf(item, { use, certificates: 1, exempt: false }, CATALOGUE.fees, today)?.amountFen;
  const home = amount('residential');
  const other = amount('other');
  if (home === undefined || other === undefined) return null;
  return <p className={styles.quiet}>{t.fee.line(home, other)}</p>;
}
