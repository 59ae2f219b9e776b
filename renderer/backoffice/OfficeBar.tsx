import { useState } from 'react';
import { useStore } from 'zustand';
import { PAYMENT_ROLES } from '../../domain/payment/rights.ts';
import { useNow } from '../app/clock.ts';
import { localMinute } from '../app/format.ts';
import { HealthButton } from '../health/HealthButton.tsx';
import { ReconcilePage } from '../pay/ReconcilePage.tsx';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Icon } from '../ui/Icon.tsx';
import { keepFocus } from '../window/keepFocus.ts';
import barStyles from '../window/TopBar.module.css';
import styles from './Office.module.css';
import { useOffice } from './office.ts';

/** Where, who, and whether the centre hears us. */
export function OfficeBar() {
  const { app } = useOffice();
  const info = useStore(app.session, (state) => state.info);
  const link = useStore(app.status, (state) => state.sync?.link ?? null);
  const now = useNow();
  const [isBalancing, setBalancing] = useState(false);
  if (!info?.staff) return null;
  return (
    <header className={`${barStyles.bar} ${styles.bar}`}>
      <span className={barStyles.window}>{t.office.title}</span>
      <button
        type="button"
        className={barStyles.item}
        popoverTarget="account-menu"
        onMouseDown={keepFocus}
        aria-label={t.office.account(info.staff.name)}
      >
        <Icon name="person" />
        {info.staff.name}
      </button>
      <div id="account-menu" popover="auto" className={barStyles.menu}>
        <button type="button" popoverTarget="account-menu" onClick={() => app.session.getState().lock()}>
          {t.office.lock}
          <kbd>{t.keys.ctrlL}</kbd>
        </button>
        <button type="button" popoverTarget="account-menu" onClick={() => void app.session.getState().logout()}>
          {t.office.logout}
        </button>
      </div>
      {info.staff.roles.some((role) => PAYMENT_ROLES.reconcile.includes(role)) ? (
        <button type="button" className={barStyles.item} onMouseDown={keepFocus} onClick={() => setBalancing(true)}>
          {t.reconcile.title}
        </button>
      ) : null}
      {isBalancing ? (
        <Dialog
          title={t.reconcile.title}
          scrolls
          onClose={() => setBalancing(false)}
          className={styles.wide}
          actions={
            <Button keyName={t.keys.esc} onClick={() => setBalancing(false)}>
              {t.officeDialog.keep}
            </Button>
          }
        >
          <ReconcilePage />
        </Dialog>
      ) : null}
      <div className={barStyles.spring} />
      <HealthButton />
      <OutboxButton />
      {link === null ? null : (
        <span className={`${barStyles.item} ${link === 'connected' ? '' : barStyles.attention}`} role="status">
          <Icon name={link === 'connected' ? 'centre' : 'offline'} />
          {t.link[link]}
        </span>
      )}
      <span className={barStyles.state}>{t.place.terminal(info.id)}</span>
      <time className={barStyles.state}>{localMinute(now)}</time>
    </header>
  );
}

/** 待送 n: what was recorded here and is not at the centre yet; Alt+O does the same. */
function OutboxButton() {
  const { app, store } = useOffice();
  const sync = useStore(app.status, (state) => state.sync);
  if (!sync) return null;
  const isBad = sync.rejected > 0;
  return (
    <button
      type="button"
      className={`${barStyles.item} ${isBad ? barStyles.attention : ''}`}
      onMouseDown={keepFocus}
      onClick={() => store.setState({ outbox: true })}
      aria-keyshortcuts="Alt+O"
    >
      <Icon name={isBad ? 'returned' : 'sync'} />
      <span>
        {t.outbox.tab} <b>{sync.waitingOps}</b>
      </span>
    </button>
  );
}
