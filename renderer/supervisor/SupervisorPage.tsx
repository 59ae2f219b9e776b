import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import type { StaffRole } from '../../domain/staff/roles.ts';
import { useApp } from '../app/app.ts';
import styles from '../blanks/Blanks.module.css';
import { BlanksPage } from '../blanks/BlanksPage.tsx';
import { CalibrationPage } from '../forms/CalibrationPage.tsx';
import { FormEditorPage } from '../forms/FormEditorPage.tsx';
import { SignIn } from '../login/LoginPage.tsx';
import { OutboxPage } from '../outbox/OutboxPage.tsx';
import staffStyles from '../staff/Staff.module.css';
import { StaffFrame } from '../staff/StaffFrame.tsx';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { AppointmentsPage } from './AppointmentsPage.tsx';
import { AuditPage } from './AuditPage.tsx';
import { HallPage } from './hall/HallPage.tsx';
import type { Open, TicketFilter } from './hall/open.ts';
import { MachinesPage } from './MachinesPage.tsx';
import { OutagesPage } from './OutagesPage.tsx';
import { OverduePage } from './OverduePage.tsx';
import { Overview } from './Overview.tsx';
import { PlanPage } from './plan/PlanPage.tsx';
import { RatingsPage } from './RatingsPage.tsx';
import { ReturnedPage } from './ReturnedPage.tsx';
import ownStyles from './Supervisor.module.css';
import { TicketsPage } from './tickets/TicketsPage.tsx';
import { VisitsPage } from './VisitsPage.tsx';

const TABS = [
  ...(['hall', 'tickets', 'appointments', 'ratings', 'plan', 'overview', 'machines'] as const),
  ...(['returned', 'blanks', 'visits', 'overdue', 'outages', 'outbox', 'audit', 'setting', 'forms'] as const),
] as const;
type Tab = (typeof TABS)[number];

/** What the list of tickets was opened with: by a figure of the board, or by its own tab. */
interface Asked {
  filter: TicketFilter;
  ticketId: string | null;
}

const EVERYTHING: Asked = { filter: {}, ticketId: null };

/**
 * 值班主任: the hall and what is ordered in it, what is true of this machine now, the stock of blank certificates, what
 * took more than one visit or too long, what stopped the clocks; for auditors the log; the printer's setting and the forms.
 */
export default function SupervisorPage() {
  const [tab, setTab] = useState<Tab>('hall');
  const [asked, setAsked] = useState(EVERYTHING);
  const names = {
    ...t.board.tabs,
    overview: t.blanks.overview,
    machines: t.machines.tab,
    blanks: t.blanks.tab,
    ...t.oversight.tabs,
    returned: t.returned.tab,
    outbox: t.outbox.tab,
    setting: t.setting.tab,
    forms: t.editor.tab,
  };
  const choose = (next: Tab): void => {
    setTab(next);
    setAsked(EVERYTHING);
  };
  const open: Open = (to) => {
    setTab(to.tab);
    setAsked(to.tab === 'tickets' ? { filter: to.filter, ticketId: to.ticketId ?? null } : EVERYTHING);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const next = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length] ?? 'hall';
    choose(next);
    event.currentTarget.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  return (
    <StaffFrame title={t.supervisor.title}>
      <div className={`${ownStyles.frame} ${tab === 'hall' ? ownStyles.filled : ''}`}>
        <div className={styles.tabs}>
          <div role="tablist" aria-label={t.supervisor.title} onKeyDown={onKeyDown}>
            {TABS.map((each) => (
              <button
                key={each}
                type="button"
                role="tab"
                id={`tab-${each}`}
                aria-selected={each === tab}
                aria-controls="supervisor-panel"
                tabIndex={each === tab ? 0 : -1}
                className={styles.tab}
                onClick={() => choose(each)}
              >
                {names[each]}
              </button>
            ))}
          </div>
          <SignedIn />
        </div>
        <div role="tabpanel" id="supervisor-panel" aria-labelledby={`tab-${tab}`}>
          <Panel tab={tab} asked={asked} onOpen={open} />
        </div>
      </div>
    </StaffFrame>
  );
}

function Panel({ tab, asked, onOpen }: { tab: Tab; asked: Asked; onOpen: Open }) {
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
    case 'machines':
      return (
        <Guarded staff={['SUP', 'ADM']} signIn={t.machines.signIn} other={t.machines.only}>
          <MachinesPage />
        </Guarded>
      );
    case 'outbox':
    case 'setting':
    case 'forms': {
      const Page = { outbox: OutboxPage, setting: CalibrationPage, forms: FormEditorPage }[tab];
      return (
        <Guarded staff={['SUP', 'ADM']} signIn={t.setting.signIn} other={t.setting.onlySetter}>
          <Page />
        </Guarded>
      );
    }
    case 'hall':
    case 'tickets':
    case 'appointments':
    case 'ratings':
    case 'plan':
      return (
        <Guarded staff={['SUP']} signIn={t.board.signIn} other={t.board.only}>
          <HallPart tab={tab} asked={asked} onOpen={onOpen} />
        </Guarded>
      );
    default: {
      const Page = { returned: ReturnedPage, visits: VisitsPage, overdue: OverduePage, outages: OutagesPage }[tab];
      return (
        <Guarded staff={['SUP']} signIn={t.oversight.signIn} other={t.oversight.onlySupervisor}>
          <Page />
        </Guarded>
      );
    }
  }
}

interface HallPartProps {
  tab: 'hall' | 'tickets' | 'appointments' | 'ratings' | 'plan';
  asked: Asked;
  onOpen: Open;
}

function HallPart({ tab, asked, onOpen }: HallPartProps) {
  switch (tab) {
    case 'hall':
      return <HallPage onOpen={onOpen} />;
    case 'tickets':
      return <TicketsPage filter={asked.filter} ticketId={asked.ticketId} />;
    case 'appointments':
      return <AppointmentsPage />;
    case 'ratings':
      return <RatingsPage />;
    case 'plan':
      return <PlanPage />;
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
