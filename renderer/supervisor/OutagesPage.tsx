import { useCallback, useState } from 'react';
import { useApp } from '../app/app.ts';
import { groupCaseNumber, localMinute } from '../app/format.ts';
import { useQuestion } from '../app/useQuestion.ts';
import { nameOf, usePeople } from '../blanks/useBlanks.ts';
import staffStyles from '../staff/Staff.module.css';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { FailureNotice } from '../ui/Notice.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { DeclareDialog, EndDialog, type Outage } from './OutageDialogs.tsx';
import styles from './Supervisor.module.css';

type Open = { kind: 'hall' } | { kind: 'one' } | { kind: 'end'; outage: Outage };

/** P5 (domain.md §5.4 rule 7): what stopped the promise's clock, for all of the hall or one case, with its proof. */
export function OutagesPage() {
  const { client } = useApp();
  const people = usePeople();
  const [open, setOpen] = useState<Open | null>(null);
  const load = useCallback(() => client.call('outage.list', {}), [client]);
  const { value, failure, again } = useQuestion(load);
  const close = (): void => {
    setOpen(null);
    again();
  };
  return (
    <div className={styles.page}>
      <h1 className="visually-hidden">{t.outages.title}</h1>
      <div className={styles.tools}>
        <Button look="primary" onClick={() => setOpen({ kind: 'hall' })}>
          {t.outages.hall}
        </Button>
        <Button onClick={() => setOpen({ kind: 'one' })}>{t.outages.one}</Button>
        <p className={styles.check}>{t.outages.rule}</p>
      </div>
      {failure ? <FailureNotice failure={failure} /> : null}
      <section className={staffStyles.block} aria-label={t.outages.title}>
        {value === null ? failure ? null : <Skeleton label={t.oversight.reading} /> : null}
        {value?.rows.length === 0 ? <p className={staffStyles.empty}>{t.outages.empty}</p> : null}
        {value && value.rows.length > 0 ? (
          <table className={staffStyles.table}>
            <thead>
              <tr>
                <th scope="col">{t.outages.scope}</th>
                <th scope="col">{t.outages.from}</th>
                <th scope="col">{t.outages.to}</th>
                <th scope="col">{t.outages.reason}</th>
                <th scope="col">{t.outages.proof}</th>
                <th scope="col">{t.outages.by}</th>
              </tr>
            </thead>
            <tbody>
              {value.rows.map((outage) => (
                <tr key={outage.id}>
                  <th scope="row" className={styles.number}>
                    {outage.caseId === null
                      ? t.outages.allCases
                      : groupCaseNumber(outage.caseNumber ?? outage.caseId.slice(0, 8))}
                  </th>
                  <td className={styles.number}>{localMinute(outage.from)}</td>
                  <td className={styles.number}>
                    {outage.to === null ? (
                      <span className={styles.person}>
                        <span className={staffStyles.near}>{t.outages.lasts}</span>
                        <Button
                          size="small"
                          aria-label={t.outages.endOf(outage.reason)}
                          onClick={() => setOpen({ kind: 'end', outage })}
                        >
                          {t.outages.end}
                        </Button>
                      </span>
                    ) : (
                      localMinute(outage.to)
                    )}
                  </td>
                  <td className={styles.wide}>{outage.reason}</td>
                  <td className={styles.wide}>{outage.proof}</td>
                  <td>
                    {[outage.by, ...(outage.endedBy && outage.endedBy !== outage.by ? [outage.endedBy] : [])]
                      .map((number) => nameOf(people, number))
                      .join(t.listSeparator)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : null}
      </section>
      {open?.kind === 'end' ? <EndDialog outage={open.outage} onClose={close} /> : null}
      {open?.kind === 'hall' || open?.kind === 'one' ? <DeclareDialog scope={open.kind} onClose={close} /> : null}
    </div>
  );
}
