import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../app/app.ts';
import { Bands } from '../app/Bands.tsx';
import { windowNumber } from '../app/format.ts';
import { useUsableMark } from '../app/useUsableMark.ts';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { TextField } from '../ui/Field.tsx';
import { FailureNotice } from '../ui/Notice.tsx';
import { DemoAccounts } from './DemoAccounts.tsx';
import styles from './Login.module.css';
import { NoStaff } from './NoStaff.tsx';

/** Sign-in. Loads the page of the role meanwhile, so that it is there when the password is right. */
export function LoginPage({ preload }: { preload: () => Promise<unknown> }) {
  const info = useStore(useApp().session, (state) => state.info);
  useEffect(() => {
    const timer = setTimeout(() => void preload(), 0);
    return () => clearTimeout(timer);
  }, [preload]);
  if (!info) return null;
  return (
    <div className={styles.page}>
      <Bands />
      <main className={styles.main}>
        <div className={styles.box}>
          <header className={styles.head}>
            <p className={styles.agency}>{info.agency}</p>
            <h1 className={styles.place}>
              {info.role === 'window' ? t.place.window(windowNumber(info.id)) : t.access.place[info.role]}
            </h1>
          </header>
          <SignIn />
        </div>
      </main>
      <footer className={styles.foot}>
        {[t.product, t.place.terminal(info.id), t.place.floor(info.floor), t.place.version(info.version)].join(
          t.separator,
        )}
      </footer>
    </div>
  );
}

/** The form, or why nobody can sign in yet; also inside a page that shows something without it. */
export function SignIn() {
  const hasStaff = useStore(useApp().session, (state) => state.info?.hasStaff ?? false);
  return hasStaff ? <LoginForm /> : <NoStaff />;
}

function LoginForm() {
  const { session } = useApp();
  const busy = useStore(session, (state) => state.busy);
  const failure = useStore(session, (state) => state.failure);
  const demo = useStore(session, (state) => state.info?.demo ?? false);
  const [number, setNumber] = useState('');
  const [password, setPassword] = useState('');
  const form = useRef<HTMLFormElement>(null);
  useUsableMark();

  const focusInput = (index: number): void => form.current?.querySelectorAll('input')[index]?.focus();

  return (
    <>
      <form
        ref={form}
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (number.trim() === '') focusInput(0);
          else if (password === '') focusInput(1);
          else {
            void session
              .getState()
              .login(number, password)
              .then((opened) => {
                if (opened) return;
                setPassword('');
                focusInput(1);
              });
          }
        }}
      >
        <TextField
          label={t.login.number}
          value={number}
          inputMode="numeric"
          autoFocus
          onChange={(event) => setNumber(event.target.value)}
        />
        <TextField
          label={t.login.password}
          type="password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <div className={styles.failure}>{failure ? <FailureNotice failure={failure} /> : null}</div>
        <Button look="primary" type="submit" keyName={t.login.enterKey} aria-busy={busy} className={styles.submit}>
          {busy ? t.login.busy : t.login.submit}
        </Button>
      </form>
      {demo ? (
        <DemoAccounts
          onChoose={(chosen) => {
            setNumber(chosen);
            setPassword(t.access.demoPassword(chosen));
            focusInput(1);
          }}
        />
      ) : null}
    </>
  );
}
