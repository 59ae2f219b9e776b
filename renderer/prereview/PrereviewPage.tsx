import { type ReactNode, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../app/app.ts';
import { ServiceFailed } from '../app/BootPage.tsx';
import { OutOfService } from '../app/OutOfService.tsx';
import { t } from '../strings/index.ts';
import { Busy } from './Busy.tsx';
import { Frame } from './Frame.tsx';
import { Guided } from './guided/Guided.tsx';
import { StaffSignIn } from './guided/StaffSignIn.tsx';
import kioskStyles from './Kiosk.module.css';
import { createKiosk, isElder, type KioskState } from './kioskStore.ts';
import styles from './PrereviewPage.module.css';
import { StillThere } from './StillThere.tsx';
import { CardScreen } from './screens/CardScreen.tsx';
import { CircumstancesScreen } from './screens/CircumstancesScreen.tsx';
import { DirectScreen } from './screens/DirectScreen.tsx';
import { IdleScreen } from './screens/IdleScreen.tsx';
import { NumberScreen } from './screens/NumberScreen.tsx';
import { PaperScreen } from './screens/PaperScreen.tsx';
import { PapersScreen } from './screens/PapersScreen.tsx';
import { ResultScreen } from './screens/ResultScreen.tsx';
import { ResumeScreen } from './screens/ResumeScreen.tsx';
import { TilesScreen } from './screens/TilesScreen.tsx';
import { useStillThere } from './useIdle.ts';
import { useVoice } from './useVoice.ts';

/** From the card to the ticket: by oneself, or with somebody of the desk who has signed in (faces.md, kiosk). */
export default function PrereviewPage() {
  const { client, reference, session, status } = useApp();
  const hasFailed = useStore(status, ({ service }) => service === 'failed');
  const [kiosk] = useState(() => createKiosk(client, () => reference.getState().catalogue));
  const state = useStore(kiosk);
  const staff = useStore(session, (each) => each.info?.staff ?? null);
  const [isSigningIn, setSigningIn] = useState(false);
  const { left, stay } = useStillThere(state.step.at !== 'idle', state.end);
  useVoice(state);
  // After signing out the page stands open for citizens again.
  useEffect(() => {
    if (staff) setSigningIn(false);
  }, [staff]);
  // Whoever signs out takes the visitor's data along.
  useEffect(() => () => kiosk.getState().end(), [kiosk]);
  if (hasFailed) {
    return (
      <OutOfService face="prereview">
        <ServiceFailed />
      </OutOfService>
    );
  }
  if (isSigningIn && !staff) return <StaffSignIn onBack={() => setSigningIn(false)} />;
  if (staff && state.step.at === 'idle') return <Guided kiosk={kiosk} staff={staff} />;
  return (
    <Visit state={state} guided={staff !== null} onSignIn={() => setSigningIn(true)}>
      {left === null ? null : <StillThere left={left} onStay={stay} onLeave={state.end} />}
    </Visit>
  );
}

/** Which of the five steps of the head line a screen belongs to. */
const STEPS = {
  idle: null,
  card: 1,
  number: 1,
  resume: 2,
  tiles: 2,
  direct: 2,
  circumstances: 3,
  papers: 4,
  paper: 4,
  result: 5,
} as const satisfies Record<KioskState['step']['at'], number | null>;

interface VisitProps {
  state: KioskState;
  guided: boolean;
  onSignIn(): void;
  /** Over everything. */
  children: ReactNode;
}

function Visit({ state, guided, onSignIn, children }: VisitProps) {
  const { step } = state;
  const isUnderWay = step.at !== 'idle' && step.at !== 'result';
  return (
    <Frame
      elder={isElder(state)}
      onElder={state.setElder}
      step={STEPS[step.at]}
      onBack={isUnderWay ? state.back : undefined}
      onLeave={isUnderWay && step.at !== 'card' ? state.end : undefined}
      foot={<Foot state={state} onSignIn={onSignIn} />}
    >
      {state.busy === 'finishing' ? <Busy /> : <Screen state={state} guided={guided} />}
      {children}
    </Frame>
  );
}

function Foot({ state, onSignIn }: { state: KioskState; onSignIn(): void }) {
  const words = t.prereview;
  if (state.step.at === 'result') {
    return (
      <button type="button" className={`${kioskStyles.primary} ${styles.done}`} onClick={state.end}>
        {words.result.done}
      </button>
    );
  }
  if (state.step.at !== 'idle') return null;
  return (
    <button type="button" className={kioskStyles.plain} onClick={onSignIn}>
      {words.staff.signIn}
    </button>
  );
}

function Screen({ state, guided }: { state: KioskState; guided: boolean }) {
  const { step, result } = state;
  switch (step.at) {
    case 'idle':
      return <IdleScreen onStart={state.begin} />;
    case 'card':
      return <CardScreen state={state} />;
    case 'number':
      return <NumberScreen state={state} />;
    case 'resume':
      return <ResumeScreen state={state} />;
    case 'tiles':
      return <TilesScreen path={state.path} failure={state.failure} onChoose={state.choose} />;
    case 'direct':
      return <DirectScreen state={state} />;
    case 'circumstances':
      return <CircumstancesScreen state={state} guided={guided} />;
    case 'papers':
      return <PapersScreen state={state} />;
    case 'paper':
      return <PaperScreen state={state} index={step.index} />;
    case 'result':
      return result ? <ResultScreen result={result} /> : null;
  }
}
