import { useCallback, useState } from 'react';
import type { CaseSummary, MethodOutput } from '../../contract/rpc.ts';
import { useApp } from '../app/app.ts';
import { useNow } from '../app/clock.ts';
import { spanOf } from '../app/days.ts';
import { groupCaseNumber, localDay, localMinute } from '../app/format.ts';
import { useQuestion } from '../app/useQuestion.ts';
import { nameOf, type Person, usePeople } from '../blanks/useBlanks.ts';
import staffStyles from '../staff/Staff.module.css';
import { t } from '../strings/index.ts';
import { AskDialog } from '../ui/AskDialog.tsx';
import { Button } from '../ui/Button.tsx';
import { FailureNotice } from '../ui/Notice.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { ReasonChoice } from '../window/acts/ReasonChoice.tsx';
import { SpanPicker } from './SpanPicker.tsx';
import styles from './Supervisor.module.css';

type Overdue = MethodOutput<'measure.overdue'>;

/** What was late, and why (domain.md §5.4 rule 8): a reason that is owed can be given here. */
export function OverduePage() {
  const { client } = useApp();
  const today = localDay(useNow());
  const people = usePeople();
  const [span, setSpan] = useState(() => spanOf('month', today));
  const [unexplained, setUnexplained] = useState(false);
  const [asked, setAsked] = useState<CaseSummary | null>(null);
  const load = useCallback(() => client.call('measure.overdue', { ...span, unexplained }), [client, span, unexplained]);
  const { value, failure, again } = useQuestion(load);
  return (
    <div className={styles.page}>
      <h1 className="visually-hidden">{t.overdueCases.title}</h1>
      <SpanPicker span={span} today={today} onChange={setSpan} onRefresh={again}>
        <label className={styles.check}>
          <input type="checkbox" checked={unexplained} onChange={(event) => setUnexplained(event.target.checked)} />
          {t.overdueCases.unexplained}
        </label>
      </SpanPicker>
      {failure ? <FailureNotice failure={failure} /> : null}
      {value === null ? (
        failure ? null : (
          <Skeleton label={t.oversight.reading} />
        )
      ) : (
        <>
          <p className={styles.sums}>{t.overdueCases.sum(value.total, value.unexplained)}</p>
          <section className={staffStyles.block} aria-label={t.overdueCases.title}>
            <Rows answer={value} people={people} unexplained={unexplained} onExplain={setAsked} />
          </section>
        </>
      )}
      {asked ? (
        <ExplainDialog
          summary={asked}
          onClose={() => {
            setAsked(null);
            again();
          }}
        />
      ) : null}
    </div>
  );
}

interface RowsProps {
  answer: Overdue;
  people: readonly Person[];
  unexplained: boolean;
  onExplain(summary: CaseSummary): void;
}

function Rows({ answer: { rows, total, unexplained: owed }, people, unexplained, onExplain }: RowsProps) {
  if (rows.length === 0) {
    return (
      <p className={staffStyles.empty}>{unexplained && total > 0 ? t.overdueCases.emptyOwed : t.overdueCases.empty}</p>
    );
  }
  const all = unexplained ? owed : total;
  return (
    <>
      <table className={staffStyles.table}>
        <thead>
          <tr>
            <th scope="col">{t.overdueCases.number}</th>
            <th scope="col">{t.overdueCases.item}</th>
            <th scope="col">{t.overdueCases.window}</th>
            <th scope="col">{t.overdueCases.due}</th>
            <th scope="col">{t.overdueCases.state}</th>
            <th scope="col">{t.overdueCases.reason}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ summary, reason }) => (
            <tr key={summary.id}>
              <th scope="row" className={styles.number}>
                {groupCaseNumber(summary.number)}
              </th>
              <td>
                {summary.itemCode} {summary.itemName}
              </td>
              <td>{summary.window}</td>
              <td className={styles.number}>{summary.times ? localMinute(summary.times.dueAt) : null}</td>
              <td className={styles.number}>{summary.state}</td>
              <td className={styles.wide}>
                {reason ? (
                  <>
                    {reason.text}{' '}
                    <span className={styles.muted}>
                      {nameOf(people, reason.by)} {localMinute(reason.at)}
                    </span>
                  </>
                ) : (
                  <Button
                    size="small"
                    aria-label={t.overdueCases.explainOf(summary.number)}
                    onClick={() => onExplain(summary)}
                  >
                    {t.overdueCases.explain}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length < all ? <p className={styles.more}>{t.overdueCases.more(rows.length, all)}</p> : null}
    </>
  );
}

function ExplainDialog({ summary, onClose }: { summary: CaseSummary; onClose(): void }) {
  const { client } = useApp();
  const [text, setText] = useState('');
  return (
    <AskDialog
      title={t.remark.overdueTitle}
      effect={t.overdueCases.effect}
      go={t.remark.go}
      missing={text.trim() === '' ? t.overdueCases.need : null}
      onGo={() => client.call('case.note', { caseId: summary.id, kind: 'overdue-reason', text: text.trim() })}
      onClose={onClose}
    >
      <p className={styles.muted}>
        {groupCaseNumber(summary.number)} {summary.itemName}
      </p>
      <ReasonChoice
        label={t.remark.overdueText}
        reasons={t.remark.overdueReasons}
        value={text}
        onChange={setText}
        isDefault
      />
    </AskDialog>
  );
}
