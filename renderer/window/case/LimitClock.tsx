import type { CaseTimes } from '../../../contract/caseTimes.ts';
import { caseTimeOf } from '../../../domain/case/caseTime.ts';
import { forecastFinish } from '../../../domain/case/forecast.ts';
import { isTimedLoan } from '../../../domain/case/linkedClock.ts';
import type { CaseFile } from '../../../domain/case/types.ts';
import { type CaseClock, type CaseReading, clockCase, readCase } from '../../../domain/clock/caseClock.ts';
import { type ClockReading, readClock } from '../../../domain/clock/elapsed.ts';
import type { TimeLimit } from '../../../domain/clock/limit.ts';
import type { ClockRules } from '../../../domain/clock/openTime.ts';
import { type Pause, pauseNow, stopsFor } from '../../../domain/clock/pauses.ts';
import { useNow } from '../../app/clock.ts';
import { localTime, shortMoment } from '../../app/format.ts';
import { useCatalogue } from '../../app/useCatalogue.ts';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import type { Note } from '../casesStore.ts';
import { toClock, useClockRules } from '../clockRules.ts';
import { dueMoment, dueWords, limitWords, STATE_LOOKS, standstillWords, stateWord } from '../parts/limitWords.ts';
import sideStyles from '../Side.module.css';
import { ClockRing } from './ClockRing.tsx';
import styles from './Side.module.css';

interface LimitClockProps {
  record: CaseFile;
  notes: readonly Note[];
  /** What the service reckoned. */
  times: CaseTimes | null;
  /** The case is late and nobody has said why yet. */
  onOverdue(): void;
}

/** Both clocks of a case side by side, what holds them, and when it will be done. */
export function LimitClock({ record, notes, times, onOverdue }: LimitClockProps) {
  const now = useNow();
  const rules = useClockRules();
  const catalogue = useCatalogue(record.acceptance.catalogueVersion);
  const { limit, endedAt, ...time } = caseTimeOf(record, catalogue);
  if (limit === null) return null;
  const { acceptedAt, pauses } = time;
  // The page's minute may lie before what was just done.
  const at = endedAt ?? Math.max(Date.parse(now), Date.parse(record.history.at(-1)?.at ?? now));
  // The service knows a later calendar; while a pause lasts, due times move with every minute and are reckoned here.
  const moves = endedAt === null && pauseNow('promise', pauses, at) !== null;
  const clock = times && !moves ? toClock(times) : clockCase(rules, { ...time, limit }, at);
  const reading = readCase(rules, { acceptedAt, pauses }, clock, at);
  const look = STATE_LOOKS[reading.state];
  const late = reading.promise.state === 'over';
  const given = notes.findLast((note) => note.kind === 'overdue-reason');
  return (
    <section className={sideStyles.limit} aria-label={t.limit.section}>
      <div className={sideStyles.ring}>
        <ClockRing share={reading.promise.share} tone={look.tone} />
        <div>
          <p className={sideStyles.limitLine}>
            <b>{endedAt === null ? dueWords(clock.due, now) : endedWords(clock, reading)}</b>
            <span className={`${sideStyles.fact} ${styles[look.tone]}`}>
              <Icon name={look.icon} />
              {stateWord(reading.state, clock.due, new Date(at).toISOString())}
            </span>
          </p>
          {endedAt === null ? (
            <Forecast record={record} clock={clock} reading={reading} rules={rules} now={now} />
          ) : null}
        </div>
      </div>
      <BothClocks clock={clock} reading={reading} ended={endedAt !== null} now={now} />
      {times?.linked ? <Linked linked={times.linked} pauses={pauses} rules={rules} at={at} now={now} /> : null}
      {times?.linked === null && endedAt === null && isTimedLoan(record, catalogue) ? (
        <p className={styles.small}>{t.details.waitsForTransfer}</p>
      ) : null}
      <Pauses record={record} now={now} />
      {clock.due.provisional ? (
        <p className={`${sideStyles.fact} ${styles.near}`}>
          <Icon name="warning" />
          {t.limit.provisional(clock.due.missingYears.join(t.listSeparator))}
        </p>
      ) : null}
      {late ? <Late reason={given?.text ?? null} onAsk={onOverdue} /> : null}
    </section>
  );
}

function endedWords(clock: CaseClock, { promise }: CaseReading): string {
  const used = 'minutes' in clock.limit ? t.life.usedOnly.minutes(promise.used) : t.life.usedOnly.days(promise.used);
  return promise.state === 'over' ? t.life.endedLate(used) : t.life.ended(used);
}

interface ForecastProps {
  record: CaseFile;
  clock: CaseClock;
  reading: CaseReading;
  rules: ClockRules;
  now: string;
}

/** 预计 10:42 完成, or 将于 10:42 超时: only where minutes are promised and run. */
function Forecast({ record, clock, reading, rules, now }: ForecastProps) {
  const standstill = standstillWords(clock.limit, reading.promise);
  if (standstill !== null) return <p className={styles.quiet}>{standstill}</p>;
  if (!('minutes' in clock.limit) || reading.promise.state === 'over' || record.state === 'AT_WINDOW') return null;
  const finish = forecastFinish(rules, record, Date.parse(now));
  if (finish <= clock.due.at) {
    return <p className={styles.quiet}>{t.life.forecast(shortMoment(new Date(finish).toISOString(), now))}</p>;
  }
  return (
    <p className={`${sideStyles.fact} ${styles.near}`}>
      <Icon name="warning" />
      {t.life.willMiss(dueMoment(clock.due, now))}
    </p>
  );
}

function BothClocks({
  clock,
  reading,
  ended,
  now,
}: {
  clock: CaseClock;
  reading: CaseReading;
  ended: boolean;
  now: string;
}) {
  const { statutory, green } = reading;
  return (
    <div className={styles.clocks}>
      <p>
        <span className={styles.small}>
          {t.life.promise} {limitWords(clock.limit)}
        </span>
        <span className={styles.used}>{shortWords(clock.limit, reading.promise, ended)}</span>
      </p>
      {clock.green && green ? (
        <p className={green.state === 'over' ? styles.over : undefined} data-testid="green-clock">
          <span className={styles.small}>{t.life.green}</span>
          <span className={styles.used}>{t.limit.before(dueMoment(clock.green.due, now))}</span>
        </p>
      ) : null}
      {clock.statutory && statutory ? (
        <p className={statutory.state === 'calm' ? undefined : styles[STATE_LOOKS[statutory.state].tone]}>
          <span className={styles.small}>
            {t.life.statutory} {limitWords(clock.statutory.limit)}
            {t.separator}
            {t.limit.before(dueMoment(clock.statutory.due, now))}
          </span>
          <span className={styles.used}>{shortWords(clock.statutory.limit, statutory, ended)}</span>
        </p>
      ) : null}
    </div>
  );
}

function shortWords(limit: TimeLimit, { used, left }: ClockReading, ended: boolean): string {
  const unit = 'minutes' in limit ? 'minutes' : 'days' in limit ? 'calendarDays' : 'days';
  return ended ? t.life.usedOnly[unit](used) : t.life.usedAndLeft[unit](used, left);
}

interface LinkedProps {
  linked: NonNullable<CaseTimes['linked']>;
  pauses: readonly Pause[];
  rules: ClockRules;
  at: number;
  now: string;
}

/** The loan and its mortgage together (domain.md §2.9). */
function Linked({ linked, pauses, rules, at, now }: LinkedProps) {
  const due = { at: Date.parse(linked.dueAt), provisional: linked.provisional, missingYears: linked.missingYears };
  const clock = {
    acceptedAt: Date.parse(linked.startedAt),
    limit: linked.limit,
    due,
    stops: stopsFor('promise', pauses, at),
    paused: pauseNow('promise', pauses, at) !== null,
  };
  const reading = readClock(rules, clock, at);
  const look = STATE_LOOKS[reading.state];
  return (
    <p className={styles.line} data-testid="linked-clock">
      <span className={styles.small}>
        {t.life.linked(linked.number)} {limitWords(linked.limit)} {t.life.linkedFrom(localTime(linked.startedAt))}
      </span>
      <span className={`${sideStyles.fact} ${styles[look.tone]}`}>
        <Icon name={look.icon} />
        {dueWords(due, now)}
      </span>
    </p>
  );
}

function Pauses({ record: { pauses }, now }: { record: CaseFile; now: string }) {
  if (pauses.length === 0) return null;
  const moment = (iso: string): string => shortMoment(iso, now);
  return (
    <ul aria-label={t.life.pauses}>
      {pauses.map((pause) => (
        <li key={`${pause.kind} ${pause.from}`} className={pause.to === null ? styles.near : styles.small}>
          {[
            t.life.pauseNames[pause.kind],
            t.life.pauseSpan(moment(pause.from), pause.to === null ? null : moment(pause.to)),
            pause.reason,
          ].join(t.separator)}
        </li>
      ))}
    </ul>
  );
}

/** Over time: the reason is owed (domain.md §5.4 rule 8). */
function Late({ reason, onAsk }: { reason: string | null; onAsk: () => void }) {
  if (reason !== null) return <p className={styles.over}>{t.life.overdueGiven(reason)}</p>;
  return (
    <p className={styles.late}>
      {t.life.overdue}
      <Button size="small" onClick={onAsk}>
        {t.acts.overdue}
      </Button>
    </p>
  );
}
