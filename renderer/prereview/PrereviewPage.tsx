import { useStore } from 'zustand';
import { useApp } from '../app/app.ts';
import { useNow } from '../app/clock.ts';
import { localTime } from '../app/format.ts';
import { t } from '../strings/index.ts';
import { Icon } from '../ui/Icon.tsx';
import { ScrollRegion } from '../ui/ScrollRegion.tsx';
import styles from './Prereview.module.css';

/** The citizen's desk in kiosk type. Until self-service opens it says where to go and what will be asked. */
export default function PrereviewPage() {
  const { session, status } = useApp();
  const info = useStore(session, (state) => state.info);
  const reader = useStore(status, (state) => state.devices?.find((device) => device.device === 'idReader')?.health);
  const now = useNow();
  if (!info) return null;
  const ready = reader === 'online' || reader === 'attention';
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <span>{info.agency}</span>
        <time>{localTime(now)}</time>
      </header>
      <ScrollRegion as="main" className={styles.main}>
        <h1>{t.prereview.title}</h1>
        <p className={styles.lead}>{t.prereview.lead}</p>
        <p className={styles.closed}>
          <Icon name="person" />
          <span>
            {t.prereview.closed}
            <small>{t.prereview.closedHow}</small>
          </span>
        </p>
        <ol className={styles.steps}>
          {t.prereview.steps.map((step, index) => (
            <li key={step.title}>
              <b aria-hidden="true">{index + 1}</b>
              <strong>{step.title}</strong>
              <span>{step.text}</span>
            </li>
          ))}
        </ol>
      </ScrollRegion>
      <footer className={styles.foot}>
        <span>{[t.place.terminal(info.id), t.place.floor(info.floor)].join(t.separator)}</span>
        <span role="status" className={ready ? styles.good : styles.bad}>
          <Icon name={ready ? 'good' : 'warning'} />
          {ready ? t.prereview.readerGood : t.prereview.readerBad}
        </span>
      </footer>
    </div>
  );
}
