import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { type CitizenFace, citizenFaceIn, OUT_OF_SERVICE_WAIT } from '../../contract/outOfService.ts';
import { t } from '../strings/index.ts';
import { times } from '../ui/tokens.ts';
import { useApp } from './app.ts';
import styles from './Boot.module.css';
import { OutOfService } from './OutOfService.tsx';

/** Before the first hello. Says nothing for 300 ms, then what it waits for, or that the service gave up. */
export function BootPage() {
  const service = useStore(useApp().status, (state) => state.service);
  const late = useAfter(times.skeletonAfter);
  const face = citizenFaceIn(location.search);
  if (face !== null) return <CitizenBoot face={face} hasFailed={service === 'failed'} isLate={late} />;
  if (service === 'failed') {
    return (
      <main className={styles.boot}>
        <ServiceFailed />
      </main>
    );
  }
  return (
    <main className={styles.boot} aria-busy="true">
      <h1 className="visually-hidden">{t.product}</h1>
      {late ? <p role="status">{t.boot.connecting}</p> : null}
    </main>
  );
}

/** Whoever stands there waits for a start, and not for longer than that. */
function CitizenBoot({ face, hasFailed, isLate }: { face: CitizenFace; hasFailed: boolean; isLate: boolean }) {
  const isOverdue = useAfter(times.bootOverdue);
  if (hasFailed || isOverdue) {
    return (
      <OutOfService face={face}>
        <ServiceFailed />
      </OutOfService>
    );
  }
  return (
    <main className={styles.boot} aria-busy="true">
      {isLate ? <h1 className={styles.large}>{OUT_OF_SERVICE_WAIT}</h1> : null}
    </main>
  );
}

function useAfter(ms: number): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return isOver;
}

/** What happened, what is kept, what to do. */
export function ServiceFailed() {
  return (
    <>
      <h1>{t.boot.failedTitle}</h1>
      <p>{t.boot.failedKept}</p>
      <p>{t.boot.failedDo}</p>
    </>
  );
}
