import { useCallback, useState } from 'react';
import type { MethodOutput } from '../../contract/rpc.ts';
import { useApp } from '../app/app.ts';
import { useNow } from '../app/clock.ts';
import { spanOf } from '../app/days.ts';
import { localDay } from '../app/format.ts';
import { useQuestion } from '../app/useQuestion.ts';
import staffStyles from '../staff/Staff.module.css';
import { t } from '../strings/index.ts';
import { FailureNotice } from '../ui/Notice.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { SpanPicker } from './SpanPicker.tsx';
import styles from './Supervisor.module.css';
import { byShare, PARTS, type Part, partsOf, rankReasons, spentWords, sumUp } from './visits.ts';

type Row = MethodOutput<'measure.visits'>['rows'][number];

/** The only-one-trip meter (S1): how many needed one visit, why others needed more, where the time went. */
export function VisitsPage() {
  const { client } = useApp();
  const today = localDay(useNow());
  const [span, setSpan] = useState(() => spanOf('month', today));
  const load = useCallback(() => client.call('measure.visits', span), [client, span]);
  const { value, failure, again } = useQuestion(load);
  return (
    <div className={styles.page}>
      <h1 className="visually-hidden">{t.visits.title}</h1>
      <SpanPicker span={span} today={today} onChange={setSpan} onRefresh={again} />
      {failure ? <FailureNotice failure={failure} /> : null}
      {value === null ? failure ? null : <Skeleton label={t.oversight.reading} /> : <Meter rows={value.rows} />}
    </div>
  );
}

function Meter({ rows }: { rows: readonly Row[] }) {
  const sum = sumUp(rows);
  const reasons = rankReasons(rows);
  if (sum.accepted === 0) return <p className={`${staffStyles.block} ${staffStyles.empty}`}>{t.visits.empty}</p>;
  return (
    <>
      <p className={styles.sums}>
        <span>
          {t.visits.oneVisit} <b>{sum.percent === null ? t.visits.noneEnded : t.visits.share(sum.percent)}</b>
        </span>
        <span>{t.visits.sum(sum.ended, sum.accepted)}</span>
      </p>
      <section className={staffStyles.block} aria-label={t.visits.whyMore}>
        <h2>{t.visits.whyMore}</h2>
        {reasons.length === 0 ? <p className={styles.muted}>{t.visits.noReasons}</p> : null}
        <ol className={styles.ranked}>
          {reasons.map(({ reason, count }) => (
            <li key={reason}>
              {t.visits.reasons[reason]} <b className={styles.number}>{t.visits.times(count)}</b>
            </li>
          ))}
        </ol>
      </section>
      <section className={staffStyles.block} aria-label={t.visits.byItem}>
        <h2>{t.visits.byItem}</h2>
        <p className={styles.legend}>
          {PARTS.map((part) => (
            <span key={part}>
              <span className={`${styles.dot} ${styles[part]}`} />
              {t.visits.parts[part]}
            </span>
          ))}
        </p>
        <table className={staffStyles.table}>
          <thead>
            <tr>
              <th scope="col">{t.visits.item}</th>
              <th scope="col" className={styles.count}>
                {t.visits.accepted}
              </th>
              <th scope="col" className={styles.count}>
                {t.visits.ended}
              </th>
              <th scope="col">{t.visits.oneVisit}</th>
              <th scope="col">{t.visits.whyMore}</th>
              <th scope="col">{t.visits.time}</th>
            </tr>
          </thead>
          <tbody>
            {byShare(rows).map((row) => (
              <ItemRow key={row.itemCode} row={row} />
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function ItemRow({ row }: { row: Row }) {
  const { percent } = sumUp([row]);
  return (
    <tr>
      <th scope="row" className={styles.wide}>
        {row.itemCode} {row.itemName}
      </th>
      <td className={styles.count}>{row.accepted}</td>
      <td className={styles.count}>{row.ended}</td>
      <td>
        {percent === null ? (
          <span className={styles.muted}>{t.visits.noneEnded}</span>
        ) : (
          <div className={styles.share}>
            <span className={styles.number}>{t.visits.share(percent)}</span>
            <span className={styles.bar} aria-hidden="true">
              <span className={styles.good} style={{ width: `${percent}%` }} />
            </span>
          </div>
        )}
      </td>
      <td>
        {rankReasons([row])
          .map(({ reason, count }) => `${t.visits.reasons[reason]} ${count}`)
          .join(t.listSeparator)}
      </td>
      <td>{row.median === null ? null : <Split median={row.median} />}</td>
    </tr>
  );
}

function Split({ median }: { median: NonNullable<Row['median']> }) {
  const { parts, whole } = partsOf(median);
  const words = (part: Part): string => `${t.visits.parts[part]} ${spentWords(median[part])}`;
  return (
    <>
      <span className={styles.number}>{spentWords(whole)}</span>
      <span className={styles.bar} role="img" aria-label={PARTS.map(words).join(t.listSeparator)}>
        {parts.map(({ part, share }) => (
          <span key={part} className={styles[part]} style={{ width: `${share * 100}%` }} title={words(part)} />
        ))}
      </span>
    </>
  );
}
