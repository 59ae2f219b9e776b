import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { TextField } from '../ui/Field.tsx';
import { Icon } from '../ui/Icon.tsx';
import { FailureNotice } from '../ui/Notice.tsx';
import { useApp } from './app.ts';
import styles from './Boot.module.css';
import { watchIdle } from './idle.ts';

/** After idle minutes, or by hand: covers everything and wants the password again. Nothing below is lost. */
export function LockOverlay() {
  const { session } = useApp();
  const info = useStore(session, (state) => state.info);
  const locked = useStore(session, (state) => state.locked);
  const signedIn = info?.staff != null;
  const minutes = info?.lockAfterMinutes ?? 10;
  const [byIdle, setByIdle] = useState(false);

  useEffect(() => {
    if (!signedIn || locked) return;
    return watchIdle(window, minutes * 60_000, () => {
      setByIdle(true);
      session.getState().lock();
    });
  }, [signedIn, locked, minutes, session]);

  useEffect(() => {
    if (!locked) setByIdle(false);
  }, [locked]);

  if (!locked || !info?.staff) return null;
  return <LockForm name={info.staff.name} why={byIdle ? t.lock.why(minutes) : t.lock.byHand} />;
}

function LockForm({ name, why }: { name: string; why: string }) {
  const { session } = useApp();
  const busy = useStore(session, (state) => state.busy);
  const failure = useStore(session, (state) => state.failure);
  const [password, setPassword] = useState('');
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={styles.lockDialog}
      aria-labelledby="lock-title"
      onCancel={(event) => event.preventDefault()}
    >
      <form
        className={styles.lockBox}
        onSubmit={(event) => {
          event.preventDefault();
          void session
            .getState()
            .unlock(password)
            .then((opened) => {
              if (!opened) setPassword('');
            });
        }}
      >
        <h2 id="lock-title" className={styles.lockTitle}>
          <Icon name="lock" />
          {t.lock.title}
          <span className={styles.muted}>{name}</span>
        </h2>
        <p className={styles.muted}>{why}</p>
        <TextField
          label={t.login.password}
          type="password"
          value={password}
          autoFocus
          onChange={(event) => setPassword(event.target.value)}
        />
        {failure ? <FailureNotice failure={failure} /> : null}
        <div className={styles.lockActions}>
          <Button look="plain" onClick={() => void session.getState().logout()}>
            {t.lock.other}
          </Button>
          <Button look="primary" type="submit" keyName={t.keys.enter} aria-disabled={busy || password === ''}>
            {busy ? t.login.busy : t.lock.unlock}
          </Button>
        </div>
      </form>
    </dialog>
  );
}
