import { useStore } from 'zustand';
import { useApp } from '../app/app.ts';
import { useNow } from '../app/clock.ts';
import { localTime } from '../app/format.ts';
import { t } from '../strings/index.ts';
import { Icon } from '../ui/Icon.tsx';
import styles from './Screen.module.css';

/** The calling screen's frame, seen from ten metres: three blocks, clock, rule line. No names, ever. */
export default function ScreenPage() {
  const { session, status } = useApp();
  const info = useStore(session, (state) => state.info);
  const link = useStore(status, (state) => state.sync?.link);
  const service = useStore(status, (state) => state.service);
  const now = useNow();
  if (!info) return null;
  const lost = service !== 'up' || link === 'offline' || link === 'refused';
  const zone = info.floor === 3 ? t.screen.taxZone : t.screen.generalZone;
  return (
    <main className={styles.page} style={driftOf(now)}>
      <h1 className="visually-hidden">{t.screen.title}</h1>
      <section className={styles.now} aria-label={t.screen.now}>
        <h2>{t.screen.now}</h2>
        <p>{t.screen.nowEmpty}</p>
      </section>
      <section className={styles.pickup} aria-label={t.screen.pickup}>
        <h2>{t.screen.pickup}</h2>
        <p>{t.screen.pickupEmpty}</p>
      </section>
      <section className={styles.waiting} aria-label={t.screen.waiting}>
        <h2>{t.screen.waiting}</h2>
        <p>{t.screen.waitingEmpty}</p>
      </section>
      <footer className={styles.foot}>
        <span>{t.screen.floorZone(info.floor, zone)}</span>
        <time>{localTime(now)}</time>
        <span className={lost ? styles.lost : undefined} role="status">
          {lost ? <Icon name="offline" /> : null}
          {lost ? t.screen.centreLost : t.screen.rule}
        </span>
        <span className={styles.terminal}>{info.id}</span>
      </footer>
    </main>
  );
}

/** Burn-in: the layout shifts a little each minute (faces.md). */
function driftOf(now: string): { transform: string } {
  const minute = new Date(now).getMinutes();
  return { transform: `translate(${((minute % 5) - 2) * 0.1}vw, ${((Math.floor(minute / 5) % 5) - 2) * 0.1}vh)` };
}
