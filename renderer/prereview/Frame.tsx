import { type ReactNode, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../app/app.ts';
import { useNow } from '../app/clock.ts';
import { localTime } from '../app/format.ts';
import { t } from '../strings/index.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Icon } from '../ui/Icon.tsx';
import styles from './Frame.module.css';
import kiosk from './Kiosk.module.css';
import sizes from './Sizes.module.css';

interface FrameProps {
  elder: boolean;
  onElder(on: boolean): void;
  /** Which of the five steps; null on the first page and at the desk's own. */
  step: number | null;
  /** Absent: nothing to go back to. */
  onBack?: (() => void) | undefined;
  /** Leaves from the middle of it. */
  onLeave?: (() => void) | undefined;
  head?: ReactNode;
  foot?: ReactNode;
  children: ReactNode;
}

/** The same on every screen: who and where above, 返回 and 求助 in the two lower corners (faces.md). */
export function Frame({ elder, onElder, step, onBack, onLeave, head, foot, children }: FrameProps) {
  const { session } = useApp();
  const agency = useStore(session, (state) => state.info?.agency ?? '');
  const now = useNow();
  return (
    <div className={`${styles.page} ${sizes.usual} ${elder ? sizes.elder : ''}`} data-elder={elder}>
      <header className={styles.head}>
        <span className={styles.agency}>{agency}</span>
        {head}
        <time className={styles.time}>{localTime(now)}</time>
        <button type="button" className={`${kiosk.plain} ${styles.size}`} onClick={() => onElder(!elder)}>
          {elder ? t.prereview.usual : t.prereview.bigger}
        </button>
      </header>
      {step === null ? null : <Progress at={step} />}
      {children}
      <footer className={styles.foot}>
        {onBack ? (
          <button type="button" className={kiosk.corner} onClick={onBack}>
            <Icon name="returned" />
            {t.prereview.back}
          </button>
        ) : (
          <span />
        )}
        <span className={styles.middle}>
          {onLeave ? (
            <button type="button" className={kiosk.plain} onClick={onLeave}>
              {t.prereview.leave}
            </button>
          ) : null}
          {foot}
        </span>
        <HelpButton />
      </footer>
    </div>
  );
}

function Progress({ at }: { at: number }) {
  const { steps, progress } = t.prereview;
  return (
    <div className={styles.progress}>
      <span role="status">{progress(at, steps.length)}</span>
      <ol aria-hidden="true">
        {steps.map((name, index) => (
          <li key={name} className={index + 1 < at ? styles.past : index + 1 === at ? styles.present : undefined}>
            {name}
          </li>
        ))}
      </ol>
    </div>
  );
}

function HelpButton() {
  const { client } = useApp();
  const [answer, setAnswer] = useState<'called' | 'failed' | null>(null);
  useEffect(() => {
    if (answer === null) return;
    void client
      .call('prereview.say', { text: answer === 'called' ? t.prereview.helpText : t.prereview.helpFailed })
      .catch(() => undefined);
  }, [answer, client]);
  const words = t.prereview;
  return (
    <>
      <button
        type="button"
        className={`${kiosk.corner} ${styles.help}`}
        onClick={() =>
          void client.call('prereview.help', {}).then(
            () => setAnswer('called'),
            () => setAnswer('failed'),
          )
        }
      >
        <Icon name="help" />
        {words.help}
      </button>
      {answer === null ? null : (
        <Dialog
          title={answer === 'called' ? words.helpTitle : words.helpFailed}
          className={kiosk.dialog}
          onClose={() => setAnswer(null)}
          actions={
            <button type="button" data-default className={kiosk.primary} onClick={() => setAnswer(null)}>
              {words.helpClose}
            </button>
          }
        >
          {answer === 'called' ? <p>{words.helpText}</p> : null}
        </Dialog>
      )}
    </>
  );
}
