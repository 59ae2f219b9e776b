import { useState } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../app/app.ts';
import styles from '../blanks/Blanks.module.css';
import { BlanksPage } from '../blanks/BlanksPage.tsx';
import { SignIn } from '../login/LoginPage.tsx';
import staffStyles from '../staff/Staff.module.css';
import { StaffFrame } from '../staff/StaffFrame.tsx';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { Overview } from './Overview.tsx';

const TABS = ['overview', 'blanks'] as const;
type Tab = (typeof TABS)[number];

/** 值班主任: what is true of this machine now, and the stock of blank certificates. */
export default function SupervisorPage() {
  const [tab, setTab] = useState<Tab>('overview');
  const names = { overview: t.blanks.overview, blanks: t.blanks.tab };
  return (
    <StaffFrame title={t.supervisor.title}>
      <div className={styles.tabs}>
        <div role="tablist" aria-label={t.supervisor.title}>
          {TABS.map((each) => (
            <button
              key={each}
              type="button"
              role="tab"
              id={`tab-${each}`}
              aria-selected={each === tab}
              aria-controls="supervisor-panel"
              className={styles.tab}
              onClick={() => setTab(each)}
            >
              {names[each]}
            </button>
          ))}
        </div>
        <SignedIn />
      </div>
      <div role="tabpanel" id="supervisor-panel" aria-labelledby={`tab-${tab}`}>
        {tab === 'overview' ? <Overview /> : <Blanks />}
      </div>
    </StaffFrame>
  );
}

/** The stock moves by name: whoever moves it is signed in. */
function Blanks() {
  const staff = useStore(useApp().session, (state) => state.info?.staff ?? null);
  if (!staff) {
    return (
      <div className={styles.login}>
        <h1 className={staffStyles.lead}>{t.blanks.signIn}</h1>
        <SignIn />
      </div>
    );
  }
  if (!staff.roles.includes('SUP')) return <p className={staffStyles.empty}>{t.blanks.onlySupervisor}</p>;
  return <BlanksPage />;
}

function SignedIn() {
  const { session } = useApp();
  const staff = useStore(session, (state) => state.info?.staff ?? null);
  if (!staff) return null;
  return (
    <span className={`${styles.signedIn} ${staffStyles.end}`}>
      {t.blanks.signedIn(staff.name, staff.number)}
      <Button size="small" onClick={() => void session.getState().logout()}>
        {t.blanks.signOut}
      </Button>
    </span>
  );
}
