import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { citizenFaceIn } from '../../contract/outOfService.ts';
import { t } from '../strings/index.ts';
import { times } from '../ui/tokens.ts';
import { useApp } from './app.ts';
import styles from './Boot.module.css';
import { OutOfService } from './OutOfService.tsx';

/** Before the first hello. Says nothing for 300 ms, then what it waits for, or that the service gave up. */
export function BootPage() {
  const service = useStore(useApp().status, (state) => state.service);
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), times.skeletonAfter);
    return () => clearTimeout(timer);
  }, []);
  const face = citizenFaceIn(location.search);
  if (service === 'failed' && face !== null) {
    return (
      <OutOfService face={face}>
        <ServiceFailed />
      </OutOfService>
    );
  }
  if (service === 'failed') {
    return (
      <main className={styles.boot}>
        <h1>{t.boot.failedTitle}</h1>
        <p>{t.boot.failedKept}</p>
        <p>{t.boot.failedDo}</p>
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

/** For staff, behind what citizens read. */
export function ServiceFailed() {
  return (
    <>
      <h2>{t.boot.failedTitle}</h2>
      <p>{t.boot.failedKept}</p>
      <p>{t.boot.failedDo}</p>
    </>
  );
}
