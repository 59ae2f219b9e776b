import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../app/app.ts';
import { useUsableMark } from '../app/useUsableMark.ts';
import { t } from '../strings/index.ts';
import { Icon } from '../ui/Icon.tsx';
import styles from './Login.module.css';

const ASK_EVERY_MS = 5000;

/** A new machine: nobody can sign in until the centre has sent the list of staff. Looks again by itself. */
export function NoStaff() {
  const { session, status, client } = useApp();
  useUsableMark();
  const link = useStore(status, (state) => state.sync?.link ?? null);
  useEffect(() => {
    const ask = (): void => {
      // A failed question is asked again in five seconds; there is nothing to tell.
      session
        .getState()
        .refresh()
        .catch(() => undefined);
    };
    const timer = setInterval(ask, ASK_EVERY_MS);
    const stop = client.on('sync.changed', ask);
    return () => {
      clearInterval(timer);
      stop();
    };
  }, [session, client]);
  return (
    <section className={styles.noStaff}>
      <h2>{t.login.noStaffTitle}</h2>
      <p>{t.login.noStaffWhy}</p>
      <ol>
        <li>{t.login.noStaffStep1}</li>
        <li>{t.login.noStaffStep2}</li>
      </ol>
      <p className={styles.linkState} role="status">
        <Icon name={link === null ? 'sync' : link === 'connected' ? 'good' : 'offline'} />
        {/* An office server says nothing of its line before somebody signed in. */}
        {link === null ? null : `${t.sync.link}${t.colon}${t.link[link]}${t.separator}`}
        {t.login.noStaffWait}
      </p>
    </section>
  );
}
