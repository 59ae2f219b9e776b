import { useCallback } from 'react';
import { useApp } from '../app/app.ts';
import { localMinute } from '../app/format.ts';
import { useQuestion } from '../app/useQuestion.ts';
import { nameOf, usePeople } from '../blanks/useBlanks.ts';
import staffStyles from '../staff/Staff.module.css';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { FailureNotice } from '../ui/Notice.tsx';
import { ScrollRegion } from '../ui/ScrollRegion.tsx';
import styles from './Forms.module.css';
import { shift } from './lengths.ts';
import type { Stored } from './useSetting.ts';

interface CalibrationHistoryProps {
  form: string;
  path: string;
  inForce: Stored | null;
  onGoBack(row: Stored): void;
}

/** Everything that was ever in force, newest first, by whom and when. */
export function CalibrationHistory({ form, path, inForce, onGoBack }: CalibrationHistoryProps) {
  const { client } = useApp();
  const people = usePeople();
  const load = useCallback(() => client.call('calibration.history', { form, path }), [client, form, path]);
  const { value, failure } = useQuestion(load);
  const rows = value?.rows ?? [];
  return (
    <ScrollRegion className={`${styles.step} ${styles.history}`} aria-label={t.setting.history}>
      <h2>{t.setting.history}</h2>
      {failure ? <FailureNotice failure={failure} /> : null}
      {value && rows.length === 0 ? <p className={styles.muted}>{t.setting.historyEmpty}</p> : null}
      {rows.length > 0 ? (
        <table className={staffStyles.table}>
          <thead>
            <tr>
              <th scope="col">{t.setting.columns.at}</th>
              <th scope="col">{t.setting.columns.by}</th>
              <th scope="col">{t.setting.columns.how}</th>
              <th scope="col">{t.setting.dx}</th>
              <th scope="col">{t.setting.dy}</th>
              <th scope="col">{t.setting.scaleX}</th>
              <th scope="col">{t.setting.scaleY}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">{localMinute(row.at)}</th>
                <td>{nameOf(people, row.by)}</td>
                <td>{t.setting.how[row.how]}</td>
                <td>{shift(row.dx)}</td>
                <td>{shift(row.dy)}</td>
                <td>{row.scaleX.toFixed(4)}</td>
                <td>{row.scaleY.toFixed(4)}</td>
                <td>
                  {row.id === inForce?.id ? (
                    <span className={staffStyles.good}>{t.setting.inForce}</span>
                  ) : (
                    <Button
                      size="small"
                      aria-label={t.setting.goBackTo(localMinute(row.at))}
                      onClick={() => onGoBack(row)}
                    >
                      {t.setting.goBack}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </ScrollRegion>
  );
}
