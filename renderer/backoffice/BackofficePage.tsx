import { lazy, Suspense, useEffect } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../app/app.ts';
import { Bands } from '../app/Bands.tsx';
import { useUsableMark } from '../app/useUsableMark.ts';
import { t } from '../strings/index.ts';
import { CaseView } from './CaseView.tsx';
import { LaneDialogs } from './dialogs/LaneDialogs.tsx';
import styles from './Office.module.css';
import { OfficeBar } from './OfficeBar.tsx';
import { OfficeContext, officeOf, useOffice, useOfficeState } from './office.ts';
import { TaskList } from './TaskList.tsx';
import { useOfficeKeys } from './useOfficeKeys.ts';
import { lanesOf } from './workList.ts';

const OutboxDialog = lazy(() => import('../outbox/OutboxDialog.tsx'));

/** Back office: the lanes of whoever signed in, their work list, and the case with what the lane needs. */
export default function BackofficePage() {
  const app = useApp();
  const staff = useStore(app.session, (state) => state.info?.staff ?? null);
  if (!staff) return null;
  return (
    <OfficeContext value={officeOf(app)}>
      <Desk key={staff.number} />
    </OfficeContext>
  );
}

function Desk() {
  const office = useOffice();
  const { app, store } = office;
  const roles = useStore(app.session, (state) => state.info?.staff?.roles);
  const service = useStore(app.status, (state) => state.service);
  const isOutboxOpen = useOfficeState((state) => state.outbox);
  const hasLane = useOfficeState((state) => state.lane !== null);
  useOfficeKeys(office);
  useUsableMark();

  useEffect(() => {
    const first = lanesOf(roles ?? [])[0];
    if (first && store.getState().lane === null) store.getState().setLane(first);
  }, [roles, store]);

  useEffect(() => {
    if (service !== 'up') return;
    void store.getState().load();
    void store.getState().loadPeople();
  }, [service, store]);

  return (
    <div className={styles.desk}>
      <OfficeBar />
      <div className={styles.bands}>
        <Bands />
      </div>
      {hasLane ? (
        <>
          <TaskList />
          <CaseView />
        </>
      ) : (
        <main className={styles.nothing}>
          <h1>{t.office.noLaneTitle}</h1>
          <p>{t.office.noLaneHow}</p>
        </main>
      )}
      <LaneDialogs />
      {isOutboxOpen ? (
        <Suspense fallback={null}>
          <OutboxDialog onClose={() => store.setState({ outbox: false })} />
        </Suspense>
      ) : null}
    </div>
  );
}
