import { lazy, Suspense, useEffect } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../app/app.ts';
import { Bands } from '../app/Bands.tsx';
import { useUsableMark } from '../app/useUsableMark.ts';
import { times } from '../ui/tokens.ts';
import { CaseDialogs } from './acts/CaseDialogs.tsx';
import { BottomBar } from './BottomBar.tsx';
import { CaseList } from './CaseList.tsx';
import { CasePage } from './case/CasePage.tsx';
import { CaseSide } from './case/CaseSide.tsx';
import { ClearDialog } from './dialogs/ClearDialog.tsx';
import { ConfirmDialog } from './dialogs/ConfirmDialog.tsx';
import { FindDialog } from './dialogs/FindDialog.tsx';
import { PreviewDialog } from './dialogs/PreviewDialog.tsx';
import { FormPage } from './FormPage.tsx';
import { FormSide } from './FormSide.tsx';
import { CallStrip } from './queue/CallStrip.tsx';
import { EmergencyBand } from './queue/EmergencyBand.tsx';
import { OvertakenBand } from './queue/OvertakenBand.tsx';
import { QueueDialogs } from './queue/QueueDialogs.tsx';
import { TopBar } from './TopBar.tsx';
import { useFocusPath } from './useFocusPath.ts';
import { useWindowKeys } from './useWindowKeys.ts';
import styles from './Window.module.css';
import { useWorkspace, WorkspaceContext, workspaceOf } from './workspace.ts';

/** Loaded when papers are scanned: nothing of it delays the first case of the day. */
const ScanDialog = lazy(() => import('../scan/ScanDialog.tsx'));
/** Loaded when a device is ill. */
const DoctorDialog = lazy(() => import('../doctor/DoctorDialog.tsx'));
/** Loaded when somebody asks what waits. */
const OutboxDialog = lazy(() => import('../outbox/OutboxDialog.tsx'));

export default function WindowPage() {
  const workspace = workspaceOf(useApp());
  return (
    <WorkspaceContext value={workspace}>
      <WindowDesk />
    </WorkspaceContext>
  );
}

function WindowDesk() {
  const workspace = useWorkspace();
  const { app, view } = workspace;
  const shown = useStore(view, (state) => state.view);
  const overlay = useStore(view, (state) => state.overlay);
  const unmasked = useStore(view, (state) => state.unmasked);
  const service = useStore(app.status, (state) => state.service);
  const caseId = useStore(workspace.cases, (state) => state.current?.record.id);
  const isEmergency = useStore(workspace.desk.queue, ({ state }) => state?.mode === 'emergency');
  useWindowKeys(workspace);
  useFocusPath(workspace);
  useUsableMark();

  useEffect(() => {
    void workspace.cases.getState().load();
    void workspace.desk.queue.getState().load();
    void workspace.form
      .getState()
      .restore()
      .then(() => workspace.focusOn('itemCode'));
  }, [workspace]);

  useEffect(() => {
    if (service !== 'up') return;
    void workspace.cases.getState().load();
    void workspace.desk.queue.getState().load();
  }, [service, workspace]);

  useEffect(() => {
    if (!unmasked) return;
    const timer = setTimeout(() => view.setState({ unmasked: false }), times.unmaskFor);
    return () => clearTimeout(timer);
  }, [unmasked, view]);

  return (
    <div className={styles.desk}>
      <TopBar />
      <div className={styles.bands}>
        <CallStrip />
        {isEmergency ? <EmergencyBand /> : null}
        <OvertakenBand />
        <Bands isOfflineSaid={isEmergency} />
      </div>
      <CaseList />
      {/* Another case is another page: it begins at its top, however far the one before was scrolled. */}
      <main key={shown === 'form' ? shown : caseId} className={styles.centre}>
        {shown === 'form' ? <FormPage /> : <CasePage />}
      </main>
      <aside className={styles.side}>{shown === 'form' ? <FormSide /> : <CaseSide />}</aside>
      <BottomBar />
      {overlay === 'find' ? <FindDialog /> : null}
      {overlay === 'confirm' ? <ConfirmDialog /> : null}
      {overlay === 'clear' ? <ClearDialog /> : null}
      {overlay === 'preview' ? <PreviewDialog /> : null}
      <CaseDialogs />
      <QueueDialogs />
      {overlay === 'doctor' ? (
        <Suspense fallback={null}>
          <DoctorDialog onClose={() => view.setState({ overlay: 'none' })} />
        </Suspense>
      ) : null}
      {overlay === 'outbox' ? (
        <Suspense fallback={null}>
          <OutboxDialog
            onOpenCase={(id) => void workspace.openCase(id)}
            onClose={() => view.setState({ overlay: 'none' })}
          />
        </Suspense>
      ) : null}
      {overlay === 'scan' ? (
        <Suspense fallback={null}>
          <ScanDialog scan={workspace.scan} onClose={() => view.setState({ overlay: 'none' })} />
        </Suspense>
      ) : null}
    </div>
  );
}
