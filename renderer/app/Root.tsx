import { lazy, Suspense, useEffect } from 'react';
import { useStore } from 'zustand';
import type { TerminalRole } from '../../contract/config.ts';
import { LoginPage } from '../login/LoginPage.tsx';
import { t } from '../strings/index.ts';
import { applyTokens } from '../ui/applyTokens.ts';
import { Skeleton } from '../ui/Skeleton.tsx';
import { type App, AppContext, useApp } from './app.ts';
import { BootPage } from './BootPage.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { LockOverlay } from './LockOverlay.tsx';

/** One chunk per role: a calling screen loads nothing of the window, and sign-in waits for none of them. */
const loadWindow = () => import('../window/WindowPage.tsx');
const loadBackoffice = () => import('../backoffice/BackofficePage.tsx');
const PAGES = {
  window: lazy(loadWindow),
  prereview: lazy(() => import('../prereview/PrereviewPage.tsx')),
  screen: lazy(() => import('../screen/ScreenPage.tsx')),
  supervisor: lazy(() => import('../supervisor/SupervisorPage.tsx')),
  backoffice: lazy(loadBackoffice),
} as const satisfies Record<TerminalRole, unknown>;
/** The second page of a window, of role `screen` to the shell. */
const CitizenPage = lazy(() => import('../citizen/CitizenPage.tsx'));

/** Roles that show nothing before somebody signed in, and what to load meanwhile. */
const SIGNED_IN: Partial<Record<TerminalRole, () => Promise<unknown>>> = {
  window: loadWindow,
  backoffice: loadBackoffice,
};

export function Root({ app }: { app: App }) {
  return (
    <AppContext value={app}>
      <ErrorBoundary>
        <Page />
      </ErrorBoundary>
    </AppContext>
  );
}

function Page() {
  const { session } = useApp();
  const info = useStore(session, (state) => state.info);
  const role = info?.role;
  useEffect(() => {
    if (role) applyTokens(document.documentElement, role === 'prereview' || role === 'screen' ? 'citizen' : 'desk');
  }, [role]);
  if (!info) return <BootPage />;
  const signIn = info.staff ? undefined : SIGNED_IN[info.role];
  if (signIn) return <LoginPage preload={signIn} />;
  const RolePage = info.isCitizen ? CitizenPage : PAGES[info.role];
  return (
    <Suspense fallback={<Skeleton label={t.boot.connecting} />}>
      <RolePage />
      <LockOverlay />
    </Suspense>
  );
}
