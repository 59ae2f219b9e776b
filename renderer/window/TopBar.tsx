import { useStore } from 'zustand';
import { windowNumber } from '../app/format.ts';
import { HealthButton } from '../health/HealthButton.tsx';
import { t } from '../strings/index.ts';
import { Icon } from '../ui/Icon.tsx';
import { DeviceLights } from './DeviceLights.tsx';
import { isUntouched } from './form/formState.ts';
import { keepFocus } from './keepFocus.ts';
import { QueueLine } from './queue/QueueLine.tsx';
import { SyncStatus } from './SyncStatus.tsx';
import styles from './TopBar.module.css';
import { useWorkspace } from './workspace.ts';

/** Always visible: where, who, state, devices, sync. One row, never wraps. */
export function TopBar() {
  const { app, desk, view } = useWorkspace();
  const info = useStore(app.session, (state) => state.info);
  const callsNumbers = useStore(desk.queue, ({ state }) => state !== null && state.mode !== 'none');
  if (!info?.staff) return null;
  return (
    <header className={styles.bar}>
      <span className={styles.window}>{t.place.window(windowNumber(info.id))}</span>
      <button
        type="button"
        className={styles.item}
        popoverTarget="account-menu"
        onMouseDown={keepFocus}
        aria-label={t.bar.account(info.staff.name)}
      >
        <Icon name="person" />
        <span className={styles.name}>{info.staff.name}</span>
      </button>
      <div id="account-menu" popover="auto" className={styles.menu}>
        <button type="button" popoverTarget="account-menu" onClick={() => app.session.getState().lock()}>
          {t.bar.lock}
          <kbd>{t.keys.ctrlL}</kbd>
        </button>
        <button
          type="button"
          popoverTarget="account-menu"
          popoverTargetAction="hide"
          onClick={() => view.setState({ overlay: 'doctor' })}
          aria-keyshortcuts="Control+D"
        >
          {t.doctor.open}
          <kbd>{t.keys.ctrlD}</kbd>
        </button>
        <button type="button" popoverTarget="account-menu" onClick={() => void app.session.getState().logout()}>
          {t.bar.logout}
        </button>
      </div>
      {callsNumbers ? <QueueLine /> : <WorkState />}
      {callsNumbers ? null : <div className={styles.spring} />}
      <HealthButton />
      <DeviceLights />
      <SyncStatus />
    </header>
  );
}

function WorkState() {
  const { form, view } = useWorkspace();
  const untouched = useStore(form, (state) => isUntouched(state.form));
  const shown = useStore(view, (state) => state.view);
  const fresh = useStore(view, (state) => state.freshCase !== null);
  const text = shown === 'case' ? (fresh ? t.bar.accepted : t.bar.viewing) : untouched ? t.bar.idle : t.bar.working;
  return (
    <span className={styles.state} role="status">
      {text}
    </span>
  );
}
