import { useStore } from 'zustand';
import { CATALOGUE, findItem } from '../../domain/catalogue/catalogue.ts';
import { feeOf } from '../../domain/catalogue/feeOf.ts';
import { promiseOf } from '../../domain/catalogue/promise.ts';
import type { Item } from '../../domain/catalogue/types.ts';
import { useNow } from '../app/clock.ts';
import { localDay } from '../app/format.ts';
import { t } from '../strings/index.ts';
import { Checklist } from './parts/Checklist.tsx';
import styles from './Side.module.css';
import windowStyles from './Window.module.css';
import { useWorkspace } from './workspace.ts';

export function FormSide() {
  const { form } = useWorkspace();
  const item = findItem(useStore(form, (state) => state.form.itemCode));
  const projectKind = useStore(form, (state) => state.form.projectKind);
  const promise = item ? promiseOf(item, projectKind ?? undefined) : null;
  return (
    <>
      <section className={styles.limit} aria-label={t.limit.section}>
        <h2 className={windowStyles.heading}>{t.limit.section}</h2>
        {promise ? (
          <p className={styles.limitLine}>
            <b>{t.limit.length[promise.unit](promise.amount)}</b>
            <span>{promise.unit === 'minutes' ? t.limit.fromAcceptance : t.limit.daysFromAcceptance}</span>
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
