import { useCallback } from 'react';
import { PRINT_STATES } from '../../domain/printJob/moves.ts';
import { useApp } from '../app/app.ts';
import { groupCaseNumber, localMinute } from '../app/format.ts';
import styles from '../staff/Staff.module.css';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import ownStyles from './Blanks.module.css';
import { nameOf, type Person, useLive } from './useBlanks.ts';

interface OpenPrintsProps {
  people: readonly Person[];
  /** Only what was printed at this machine and can be answered here: its number is read off the paper, not off the page. */
  isHere?: boolean;
  onOpen?(caseId: string): void;
}

/** Sheets about which somebody still has to say what is on the paper; nothing is shown while there are none. */
export function OpenPrints({ people, isHere = false, onOpen }: OpenPrintsProps) {
  const { client } = useApp();
  const load = useCallback(() => client.call('certificate.jobs', {}), [client]);
  const jobs = (useLive(load).value?.jobs ?? []).filter((job) => !isHere || job.isHere);
  if (jobs.length === 0) return null;
  return (
    <section className={styles.block} aria-label={t.blanks.prints}>
      <h2>
        {t.blanks.prints}
        {t.separator}
        {t.blanks.printsRule}
      </h2>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t.blanks.window}</th>
            {isHere ? null : <th scope="col">{t.blanks.serial}</th>}
            <th scope="col">{t.blanks.certificate}</th>
            <th scope="col">{t.blanks.caseNumber}</th>
            <th scope="col">{t.blanks.printState}</th>
            <th scope="col">{t.blanks.printSince}</th>
            <th scope="col">{t.blanks.printBy}</th>
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => (
            <tr key={job.id}>
              <th scope="row">{job.terminal}</th>
              {isHere ? null : <td className={ownStyles.serial}>{job.blank}</td>}
              <td>{job.certificate}</td>
              <td className={ownStyles.number}>
                {onOpen ? (
                  <Button look="plain" size="small" onClick={() => onOpen(job.caseId)}>
                    {groupCaseNumber(job.caseNumber ?? '')}
                  </Button>
                ) : (
                  groupCaseNumber(job.caseNumber ?? '')
                )}
              </td>
              <td className={styles.near}>{PRINT_STATES[job.state].name}</td>
              <td className={ownStyles.number}>{localMinute(job.history.at(-1)?.at ?? job.preparedAt).slice(5)}</td>
              <td>{nameOf(people, job.operator)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
