import { useStore } from 'zustand';
import type { CaseRecord } from '../../../domain/case/types.ts';
import { type CaseClock, clockCase, readCase } from '../../../domain/clock/caseClock.ts';
import { promisedLimit } from '../../../domain/clock/limit.ts';
import type { ClockRules } from '../../../domain/clock/openTime.ts';
import { useNow } from '../../app/clock.ts';
import { t } from '../../strings/index.ts';
import { Icon } from '../../ui/Icon.tsx';
import { toClock, useClockRules } from '../clockRules.ts';
import styles from '../Side.module.css';
import { useWorkspace } from '../workspace.ts';
import { dueMoment, dueWords, limitWords, STATE_LOOKS, standstillWords, stateWord, usedWords } from './limitWords.ts';

const RADIUS = 18;
const ROUND = 2 * Math.PI * RADIUS;

/** Both clocks of a case: the promise as a ring with words, the limit of the law as a line. */
export function LimitClock({ record }: { record: CaseRecord }) {
  const now = useNow();
  const rules = useClockRules();
  const current = useStore(useWorkspace().cases, (state) => state.current);
  const times = current?.record.id === record.id ? current.summary?.times : undefined;
  const clock = times ? toClock(times) : reckon(rules, record, now);
  if (!clock) return null;
  const acceptedAt = Date.parse(record.acceptedAt);
  const { promise, statutory, state } = readCase(rules, { acceptedAt, pauses: [] }, clock, Date.parse(now));
  const look = STATE_LOOKS[state];
  const statutoryLook = STATE_LOOKS[statutory.state];
  const standstill = standstillWords(clock.limit, promise);
  return (
    <section className={styles.limit} aria-label={t.limit.section}>
      <div className={styles.ring}>
        <svg viewBox="0 0 44 44" className={styles[look.tone]} aria-hidden="true" focusable="false">
          <circle cx="22" cy="22" r={RADIUS} fill="none" stroke="currentColor" strokeWidth="2" opacity="0.3" />
          <circle
            cx="22"
            cy="22"
            r={RADIUS}
            fill="none"
            stroke="currentColor"
            strokeWidth="5"
            strokeDasharray={`${Math.min(1, promise.share) * ROUND} ${ROUND}`}
            transform="rotate(-90 22 22)"
          />
        </svg>
        <div>
          <p className={styles.limitLine}>
            <b>{dueWords(clock.due, now)}</b>
            <span className={`${styles.fact} ${styles[look.tone]}`}>
              <Icon name={look.icon} />
              {stateWord(state, clock.due, now)}
            </span>
          </p>
          <p className={styles.quiet}>{[limitWords(clock.limit), usedWords(clock, promise, now)].join(t.separator)}</p>
          {standstill === null ? null : <p className={styles.quiet}>{standstill}</p>}
          <p className={statutory.state === 'calm' ? styles.quiet : styles[statutoryLook.tone]}>
            {t.limit.statutory(dueMoment(clock.statutoryDue, now), clock.statutoryDue.provisional)}
          </p>
          {clock.due.provisional ? (
            <p className={`${styles.fact} ${styles.near}`}>
              <Icon name="warning" />
              {t.limit.provisional(clock.due.missingYears.join(t.listSeparator))}
            </p>
          ) : null}
        </div>
      </div>
    </section>
  );
}

/** In the moment after the acceptance, before the summary has come. */
function reckon(rules: ClockRules, record: CaseRecord, now: string): CaseClock | null {
  const limit = promisedLimit(record.acceptance);
  if (!limit) return null;
  return clockCase(rules, { acceptedAt: Date.parse(record.acceptedAt), limit, pauses: [] }, Date.parse(now));
}
