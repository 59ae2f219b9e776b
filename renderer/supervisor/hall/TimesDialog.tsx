import { useCallback, useState } from 'react';
import { TICKET_PARTS } from '../../../domain/measure/ticketTimes.ts';
import { useApp } from '../../app/app.ts';
import { type SpanName, spanOf } from '../../app/days.ts';
import { useQuestion } from '../../app/useQuestion.ts';
import staffStyles from '../../staff/Staff.module.css';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FailureNotice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './Hall.module.css';

/** Door to door (users.md §C.10): where the time of visitors went, queue by queue. */
export function TimesDialog({ day, onClose }: { day: string; onClose(): void }) {
  const { client } = useApp();
  const [span, setSpan] = useState<SpanName>('today');
  const load = useCallback(() => client.call('board.times', spanOf(span, day)), [client, span, day]);
  const { value, failure } = useQuestion(load);
  return (
    <Dialog
      title={t.board.timesTitle}
      className={styles.wide}
      scrolls
      onClose={onClose}
      actions={
        <Button keyName={t.keys.esc} data-default onClick={onClose}>
          {t.board.close}
        </Button>
      }
    >
      <div className={styles.spans}>
        {(['today', 'week', 'month'] as const).map((name) => (
          <Button key={name} size="small" aria-pressed={name === span} onClick={() => setSpan(name)}>
            {t.oversight.spans[name]}
          </Button>
        ))}
      </div>
      {failure ? <FailureNotice failure={failure} /> : null}
      {value === null && failure === null ? <Skeleton label={t.oversight.reading} /> : null}
      {value?.rows.length === 0 ? <p className={staffStyles.empty}>{t.board.timesEmpty}</p> : null}
      {value && value.rows.length > 0 ? (
        <>
          <table className={staffStyles.table}>
            <thead>
              <tr>
                <th scope="col">{t.board.queue}</th>
                {value.rows.map(({ queue, ended }) => (
                  <th key={queue} scope="col" className={styles.count}>
                    {t.board.queueOf(queue)} {ended}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {TICKET_PARTS.map((part) => (
                <tr key={part}>
                  <th scope="row">{t.board.parts[part]}</th>
                  {value.rows.map(({ queue, median }) => (
                    <td key={queue} className={styles.count}>
                      {t.board.spent(median[part])}
                    </td>
                  ))}
                </tr>
              ))}
              <tr>
                <th scope="row">
                  <b>{t.board.whole}</b>
                </th>
                {value.rows.map(({ queue, wholeMs }) => (
                  <td key={queue} className={styles.count}>
                    <b>{t.board.spent(wholeMs)}</b>
                  </td>
                ))}
              </tr>
            </tbody>
          </table>
          <p className={styles.muted}>{t.board.timesRule}</p>
        </>
      ) : null}
    </Dialog>
  );
}
