import { type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import type { StaffRole } from '../../domain/staff/roles.ts';
import { useApp } from '../app/app.ts';
import styles from '../blanks/Blanks.module.css';
import { BlanksPage } from '../blanks/BlanksPage.tsx';
import { CalibrationPage } from '../forms/CalibrationPage.tsx';
import { FormEditorPage } from '../forms/FormEditorPage.tsx';
import { SignIn } from '../login/LoginPage.tsx';
import staffStyles from '../staff/Staff.module.css';
import { StaffFrame } from '../staff/StaffFrame.tsx';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { AuditPage } from './AuditPage.tsx';
import { OutagesPage } from './OutagesPage.tsx';
import { OverduePage } from './OverduePage.tsx';
import { Overview } from './Overview.tsx';
import { VisitsPage } from './VisitsPage.tsx';

const TABS = ['overview', 'blanks', 'visits', 'overdue', 'outages', 'audit', 'setting', 'forms'] as const;
type Tab = (typeof TABS)[number];

/**
 * 值班主任: what is true of this machine now, the stock of blank certificates, what took more than one visit or too long,
 * what stopped the clocks; for auditors the log; the printer's setting and the forms.
 */
export default function SupervisorPage() {
  const [tab, setTab] = useState<Tab>('overview');
  const names = {
    overview: t.blanks.overview,
    blanks: t.blanks.tab,
    ...t.oversight.tabs,
    setting: t.setting.tab,
    forms: t.editor.tab,
  };
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
        <Panel tab={tab} />
      </div>
    </StaffFrame>
  );
}

function Panel({ tab }: { tab: Tab }) {
  switch (tab) {
    case 'overview':
      return <Overview />;
    case 'blanks':
      return (
        <Guarded staff={['SUP']} signIn={t.blanks.signIn} other={t.blanks.onlySupervisor}>
          <BlanksPage />
        </Guarded>
      );
    case 'audit':
      return (
        <Guarded staff={['AUD']} signIn={t.oversight.signIn} other={t.oversight.onlyAuditor}>
          <AuditPage />
        </Guarded>
      );
    case 'setting':
    case 'forms': {
      const Page = { setting: CalibrationPage, forms: FormEditorPage }[tab];
      return (
        <Guarded staff={['SUP', 'ADM']} signIn={t.setting.signIn} other={t.setting.onlySetter}>
          <Page />
        </Guarded>
      );
    }
    default: {
      const Page = { visits: VisitsPage, overdue: OverduePage, outages: OutagesPage }[tab];
      return (
        <Guarded staff={['SUP']} signIn={t.oversight.signIn} other={t.oversight.onlySupervisor}>
          <Page />
        </Guarded>
      );
    }
  }
}

interface GuardedProps {
  /** One of these roles. */
  staff: readonly StaffRole[];
  signIn: string;
  /** For somebody who is signed in and has another role. */
  other: string;
  children: ReactNode;
}

/** Supervision, audit and administration are three different persons (domain.md §3.1); the service decides again. */
function Guarded({ staff: wanted, signIn, other, children }: GuardedProps) {
  const staff = useStore(useApp().session, (state) => state.info?.staff ?? null);
  if (!staff) {
    return (
      <div className={styles.login}>
        <h1 className={staffStyles.lead}>{signIn}</h1>
        <SignIn />
      </div>
    );
  }
  return staff.roles.some((role) => wanted.includes(role)) ? children : <p className={staffStyles.empty}>{other}</p>;
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
