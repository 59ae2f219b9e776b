import type { CaseRecord } from '../../../domain/case/types.ts';
import { findItem } from '../../../domain/catalogue/catalogue.ts';
import { promiseOf } from '../../../domain/catalogue/promise.ts';
import { useNow } from '../../app/clock.ts';
import { localTime, minutesBetween, urgencyOf } from '../../app/format.ts';
import { t } from '../../strings/index.ts';
import styles from '../Side.module.css';

const RADIUS = 18;
const ROUND = 2 * Math.PI * RADIUS;

/** The promise of a case: minutes as a ring with words, working days by their length. */
export function LimitClock({ record }: { record: CaseRecord }) {
  const item = findItem(record.acceptance.itemCode);
  const promise = item ? promiseOf(item, record.acceptance.projectKind) : null;
  if (!promise) return null;
  if (promise.unit === 'minutes') return <MinutesClock record={record} promised={promise.amount} />;
  return (
    <section className={styles.limit} aria-label={t.limit.section}>
      <p className={styles.limitLine}>
        <b>{t.limit.length[promise.unit](promise.amount)}</b>
        <span>{t.limit.daysFromAcceptance}</span>
      </p>
    </section>
  );
}

/** Wall-clock minutes: the working calendar arrives with the back office. */
function MinutesClock({ record, promised }: { record: CaseRecord; promised: number }) {
  const now = useNow();
  const used = minutesBetween(record.acceptedAt, now);
  const urgency = urgencyOf(used, promised);
  const share = Math.min(1, used / promised);
  const due = new Date(Date.parse(record.acceptedAt) + promised * 60_000).toISOString();
  return (
    <section className={styles.limit} aria-label={t.limit.section} title={t.limit.note}>
      <div className={styles.ring}>
        <svg viewBox="0 0 44 44" className={styles[urgency]} aria-hidden="true" focusable="false">
          <circle cx="22" cy="22" r={RADIUS} fill="none" stroke="currentColor" strokeWidth="2" opacity="0.3" />
          <circle
            cx="22"
            cy="22"
            r={RADIUS}
            fill="none"
            stroke="currentColor"
            strokeWidth="5"
            strokeDasharray={`${share * ROUND} ${ROUND}`}
            transform="rotate(-90 22 22)"
          />
        </svg>
        <div>
          <p className={styles.limitLine}>
            <b>{t.limit.length.minutes(promised)}</b>
            <span className={styles[urgency]}>{t.limit[urgency]}</span>
          </p>
          <p className={styles.quiet}>
            {urgency === 'over' ? t.limit.note : [t.limit.used(used), t.limit.due(localTime(due))].join(t.separator)}
          </p>
        </div>
      </div>
    </section>
  );
}
