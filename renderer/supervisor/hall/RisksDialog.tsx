import { useCallback } from 'react';
import { useApp } from '../../app/app.ts';
import { useNow } from '../../app/clock.ts';
import { groupCaseNumber, shortMoment } from '../../app/format.ts';
import { useQuestion } from '../../app/useQuestion.ts';
import staffStyles from '../../staff/Staff.module.css';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { FailureNotice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './Hall.module.css';

/** Cases whose promise is over or near, the first due first. */
export function RisksDialog({ onClose }: { onClose(): void }) {
  const { client } = useApp();
  const now = useNow();
  const load = useCallback(() => client.call('board.risks', {}), [client]);
  const { value, failure } = useQuestion(load);
  return (
    <Dialog
      title={t.board.risksTitle}
      className={styles.wide}
      scrolls
      onClose={onClose}
      actions={
        <Button keyName={t.keys.esc} data-default onClick={onClose}>
          {t.board.close}
        </Button>
      }
    >
      {failure ? <FailureNotice failure={failure} /> : null}
      {value === null && failure === null ? <Skeleton label={t.oversight.reading} /> : null}
      {value?.rows.length === 0 ? <p className={staffStyles.empty}>{t.board.risksEmpty}</p> : null}
      {value && value.rows.length > 0 ? (
        <table className={staffStyles.table}>
          <thead>
            <tr>
              <th scope="col">{t.board.caseNumber}</th>
              <th scope="col">{t.board.item}</th>
              <th scope="col">{t.board.state}</th>
              <th scope="col">{t.board.due}</th>
            </tr>
          </thead>
          <tbody>
            {value.rows.map(({ summary, state }) => (
              <tr key={summary.id}>
                <th scope="row" className={styles.number}>
                  {groupCaseNumber(summary.number)}
                </th>
                <td>{summary.itemName}</td>
                <td>{summary.state}</td>
                <td className={`${styles.number} ${state === 'over' ? styles.overText : styles.nearText}`}>
                  <Icon name="warning" /> {state === 'over' ? t.board.over : t.board.near}{' '}
                  {summary.times ? shortMoment(summary.times.dueAt, now) : ''}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </Dialog>
  );
}
