import type { CaseRecord } from '../../../domain/case/types.ts';
import { findItem } from '../../../domain/catalogue/catalogue.ts';
import { useNow } from '../../app/clock.ts';
import { localTime, minutesBetween, urgencyOf } from '../../app/format.ts';
import { t } from '../../strings/index.ts';
import styles from '../Side.module.css';

const RADIUS = 18;
const ROUND = 2 * Math.PI * RADIUS;

/** The promised time as a ring with words. Wall-clock minutes: the working calendar arrives with the back office. */
export function LimitClock({ record }: { record: CaseRecord }) {
  const now = useNow();
  const item = findItem(record.acceptance.itemCode);
  if (!item) return null;
  const used = minutesBetween(record.acceptedAt, now);
  const urgency = urgencyOf(used, item.promiseMinutes);
  const share = Math.min(1, used / item.promiseMinutes);
  const due = new Date(Date.parse(record.acceptedAt) + item.promiseMinutes * 60_000).toISOString();
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
            <b>{t.limit.minutes(item.promiseMinutes)}</b>
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
