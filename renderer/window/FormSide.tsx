import { feeOf } from '../../domain/catalogue/feeOf.ts';
import type { Catalogue, Item } from '../../domain/catalogue/types.ts';
import { forecastDue } from '../../domain/clock/caseClock.ts';
import { promisedLimit } from '../../domain/clock/limit.ts';
import { useNow } from '../app/clock.ts';
import { localDay } from '../app/format.ts';
import { t } from '../strings/index.ts';
import { useClockRules } from './clockRules.ts';
import { Checklist } from './parts/Checklist.tsx';
import { dueMoment, limitWords } from './parts/limitWords.ts';
import styles from './Side.module.css';
import { useForm } from './useForm.ts';
import windowStyles from './Window.module.css';

export function FormSide() {
  const now = useNow();
  const rules = useClockRules();
  const { form, item, catalogue } = useForm();
  const limit = promisedLimit(form, catalogue);
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
        {item ? <FeeLine item={item} catalogue={catalogue} /> : null}
      </section>
      <Checklist />
    </>
  );
}

/** What the applicant asks first. The amount that is charged is fixed at the fee desk (domain.md §2.7). */
function FeeLine({ item, catalogue }: { item: Item; catalogue: Catalogue }) {
  const today = localDay(useNow());
  const amount = (use: 'residential' | 'other') =>
    feeOf(item, { use, certificates: 1, exempt: false }, catalogue.fees, today)?.amountFen;
  const home = amount('residential');
  const other = amount('other');
  if (home === undefined || other === undefined) return null;
  return <p className={styles.quiet}>{t.fee.line(home, other)}</p>;
}
