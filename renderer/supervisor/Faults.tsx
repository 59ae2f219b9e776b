import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { MethodOutput } from '../../contract/rpc.ts';
import { useApp } from '../app/app.ts';
import { useNow } from '../app/clock.ts';
import { type Failure, toFailure } from '../app/failure.ts';
import { shortMoment } from '../app/format.ts';
import styles from '../staff/Staff.module.css';
import { t } from '../strings/index.ts';
import { FailureNotice } from '../ui/Notice.tsx';

type Rows = MethodOutput<'supervision.faults'>['rows'];

/** Where we asked a second time for what was missing the first time (domain.md §3.5). For supervisors who are signed in. */
export function Faults() {
  const { session } = useApp();
  const isSupervisor = useStore(session, (state) => state.info?.staff?.roles.includes('SUP') ?? false);
  return (
    <section className={styles.block} aria-label={t.supervisor.faults}>
      <h2>{t.supervisor.faults}</h2>
      {isSupervisor ? <FaultList /> : <p className={styles.empty}>{t.supervisor.faultsSignIn}</p>}
    </section>
  );
}

function FaultList() {
  const { client } = useApp();
  const now = useNow();
  const [rows, setRows] = useState<Rows | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const load = (): void => {
      client.call('supervision.faults', {}).then(
        (answer) => {
          if (isCurrent) setRows(answer.rows);
        },
        (error: unknown) => {
          if (isCurrent) setFailure(toFailure(error));
        },
      );
    };
    load();
    const stop = client.on('cases.changed', load);
    return () => {
      isCurrent = false;
      stop();
    };
  }, [client]);
  if (failure) return <FailureNotice failure={failure} />;
  if (rows?.length === 0) return <p className={styles.empty}>{t.supervisor.noFaults}</p>;
  return (
    <ul className={styles.will}>
      {(rows ?? []).map((row) => (
        <li key={`${row.caseId} ${row.at}`}>
          <strong>{t.supervisor.fault(row.number, row.itemName)}</strong>
          <span>
            {[shortMoment(row.at, now), row.byName, t.life.fault(row.papers.join(t.listSeparator))].join(t.separator)}
          </span>
        </li>
      ))}
    </ul>
  );
}
