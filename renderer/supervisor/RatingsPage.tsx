import { useCallback, useState } from 'react';
import type { MethodOutput } from '../../contract/rpc.ts';
import { type ClosingResult, resultsOf } from '../../domain/rating/closing.ts';
import { useApp } from '../app/app.ts';
import { useNow } from '../app/clock.ts';
import { spanOf } from '../app/days.ts';
import { localDay, localMinute, shortMoment } from '../app/format.ts';
import { useQuestion } from '../app/useQuestion.ts';
import staffStyles from '../staff/Staff.module.css';
import { t } from '../strings/index.ts';
import { AskDialog } from '../ui/AskDialog.tsx';
import { Button } from '../ui/Button.tsx';
import { SelectField, TextField } from '../ui/Field.tsx';
import { Icon } from '../ui/Icon.tsx';
import { FailureNotice } from '../ui/Notice.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { useLiveHall } from './hall/useBoard.ts';
import { SpanPicker } from './SpanPicker.tsx';
import styles from './Supervisor.module.css';

type Totals = MethodOutput<'board.ratings'>;
type Order = MethodOutput<'board.workOrders'>['rows'][number];
type Act = { kind: 'contact' | 'settle'; order: Order };

/** 好差评 (domain.md §6.9): totals by grade, and the bad marks somebody has to work on. Nobody's mark of anybody. */
export function RatingsPage() {
  const { client } = useApp();
  const today = localDay(useNow());
  const [span, setSpan] = useState(() => spanOf('month', today));
  const load = useCallback(() => client.call('board.ratings', span), [client, span]);
  const { value, failure, again } = useQuestion(load);
  return (
    <div className={styles.page}>
      <h1 className="visually-hidden">{t.boardRatings.title}</h1>
      <WorkOrders />
      <section className={staffStyles.block} aria-label={t.boardRatings.totals}>
        <h2>
          {t.boardRatings.totals}
          {t.separator}
          {t.boardRatings.rule}
        </h2>
        <SpanPicker span={span} today={today} from={t.boardRatings.from} onChange={setSpan} onRefresh={again} />
        {failure ? <FailureNotice failure={failure} /> : null}
        {value === null ? failure ? null : <Skeleton label={t.oversight.reading} /> : <GradeTotals totals={value} />}
      </section>
    </div>
  );
}

function GradeTotals({ totals: { offered, unanswered, grades, withheld } }: { totals: Totals }) {
  if (offered === 0 && withheld === 0) return <p className={staffStyles.empty}>{t.boardRatings.empty}</p>;
  const most = Math.max(1, unanswered, ...grades.map(({ count }) => count));
  const rows = [
    ...grades.map(({ grade, count }) => ({
      name: t.boardRatings.grades[grade],
      count,
      look: grade <= 2 ? 'pickupWait' : 'good',
    })),
    { name: t.boardRatings.unanswered, count: unanswered, look: 'paused' },
  ];
  return (
    <>
      <p className={styles.sum}>{t.boardRatings.offered(offered)}</p>
      <table className={staffStyles.table}>
        <tbody>
          {rows.map(({ name, count, look }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className={styles.count}>{t.boardRatings.times(count)}</td>
              <td>
                <span className={styles.bar} aria-hidden="true">
                  <span className={styles[look]} style={{ width: `${(100 * count) / most}%` }} />
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {withheld > 0 ? <p className={styles.muted}>{t.boardRatings.withheld(withheld)}</p> : null}
    </>
  );
}

function WorkOrders() {
  const { client } = useApp();
  const [settled, setSettled] = useState(false);
  const [act, setAct] = useState<Act | null>(null);
  const load = useCallback(() => client.call('board.workOrders', { settled }), [client, settled]);
  const { value, failure, again } = useLiveHall(load);
  return (
    <section className={staffStyles.block} aria-label={t.boardRatings.orders}>
      <h2>
        {t.boardRatings.orders}
        {t.separator}
        {t.boardRatings.ordersRule}
      </h2>
      <label className={styles.check}>
        <input type="checkbox" checked={settled} onChange={(event) => setSettled(event.target.checked)} />
        {t.boardRatings.settledOnly}
      </label>
      {failure ? <FailureNotice failure={failure} /> : null}
      {value?.rows.length === 0 ? (
        <p className={staffStyles.empty}>{settled ? t.boardRatings.settledEmpty : t.boardRatings.ordersEmpty}</p>
      ) : null}
      {value && value.rows.length > 0 ? <OrderTable rows={value.rows} onAct={setAct} /> : null}
      {act === null ? null : (
        <WorkDialog
          act={act}
          onClose={() => {
            setAct(null);
            again();
          }}
        />
      )}
    </section>
  );
}

function OrderTable({ rows, onAct }: { rows: readonly Order[]; onAct(act: Act): void }) {
  return (
    <table className={staffStyles.table}>
      <thead>
        <tr>
          <th scope="col">{t.boardRatings.about}</th>
          <th scope="col">{t.boardRatings.clerk}</th>
          <th scope="col">{t.boardRatings.opened}</th>
          <th scope="col">{t.boardRatings.contactDue}</th>
          <th scope="col">{t.boardRatings.settleDue}</th>
          <th scope="col">{t.boardRatings.state}</th>
          <th scope="col">
            <span className="visually-hidden">{t.boardRatings.settle}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((order) => (
          <OrderRow key={order.id} order={order} onAct={onAct} />
        ))}
      </tbody>
    </table>
  );
}

function OrderRow({ order, onAct }: { order: Order; onAct(act: Act): void }) {
  const now = useNow();
  const {
    about,
    clerk,
    clerkName,
    openedAt,
    contactDueAt,
    settleDueAt,
    state,
    contacted,
    settled,
    contactLate,
    settleLate,
  } = order;
  const late = (
    <>
      <Icon name="warning" /> {t.boardRatings.late}{' '}
    </>
  );
  return (
    <tr>
      <th scope="row">{about}</th>
      <td>{clerkName ?? clerk}</td>
      <td className={styles.number}>{localMinute(openedAt)}</td>
      <td className={`${styles.number} ${contactLate ? styles.over : ''}`}>
        {contactLate ? late : null}
        {shortMoment(contactDueAt, now)}
      </td>
      <td className={`${styles.number} ${settleLate ? styles.over : ''}`}>
        {settleLate ? late : null}
        {shortMoment(settleDueAt, now)}
      </td>
      <td className={styles.wide}>
        {t.boardRatings.states[state]}
        {contacted === null ? null : <Said said={contacted} />}
        {settled === null ? null : <Said said={settled} result={t.boardRatings.results[settled.result]} />}
      </td>
      <td className={styles.number}>
        {state === 'open' ? (
          <Button
            size="small"
            aria-label={t.boardRatings.contactTitle(about)}
            onClick={() => onAct({ kind: 'contact', order })}
          >
            {t.boardRatings.contact}
          </Button>
        ) : null}{' '}
        {state === 'settled' ? null : (
          <Button
            size="small"
            aria-label={t.boardRatings.settleTitle(about)}
            onClick={() => onAct({ kind: 'settle', order })}
          >
            {t.boardRatings.settle}
          </Button>
        )}
      </td>
    </tr>
  );
}

function Said({ said, result }: { said: { byName: string; at: string; note: string }; result?: string }) {
  const now = useNow();
  return (
    <span className={styles.said}>
      {[t.boardRatings.by(said.byName, shortMoment(said.at, now)), result, said.note].filter(Boolean).join(t.separator)}
    </span>
  );
}

function WorkDialog({ act: { kind, order }, onClose }: { act: Act; onClose(): void }) {
  const { client } = useApp();
  const [note, setNote] = useState('');
  const [result, setResult] = useState<ClosingResult>(resultsOf(order)[0] ?? 'unreachable');
  const text = note.trim();
  const isUnspoken = kind === 'settle' && order.state === 'open';
  return (
    <AskDialog
      title={t.boardRatings[`${kind}Title`](order.about)}
      effect={isUnspoken ? t.boardRatings.settleUnspoken : t.boardRatings[`${kind}Effect`]}
      go={t.boardRatings.go[kind]}
      missing={text === '' ? t.boardRatings.needNote : null}
      onGo={(commandId) =>
        client.call('board.act', {
          commandId,
          command:
            kind === 'contact'
              ? { kind, workOrder: order.id, note: text }
              : { kind, workOrder: order.id, result, note: text },
        })
      }
      onClose={onClose}
    >
      {kind === 'settle' ? (
        <SelectField<ClosingResult>
          label={t.boardRatings.result}
          value={result}
          options={resultsOf(order).map((value) => ({ value, text: t.boardRatings.results[value] }))}
          onChange={setResult}
        />
      ) : null}
      <TextField
        label={t.boardRatings.note}
        maxLength={500}
        data-default
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
    </AskDialog>
  );
}
