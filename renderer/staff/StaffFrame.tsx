import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../app/app.ts';
import { Bands } from '../app/Bands.tsx';
import { useNow } from '../app/clock.ts';
import { localMinute } from '../app/format.ts';
import { HealthButton } from '../health/HealthButton.tsx';
import { t } from '../strings/index.ts';
import styles from './Staff.module.css';

/** The frame of the desk roles that are not a window: bar, bands, content. */
export function StaffFrame({ title, children }: { title: string; children: ReactNode }) {
  const info = useStore(useApp().session, (state) => state.info);
  const now = useNow();
  if (!info) return null;
  return (
    <div className={styles.frame}>
      <header className={styles.bar}>
        <strong>{title}</strong>
        <span>{info.agency}</span>
        <span className={styles.end} />
        <HealthButton />
        <span>{t.place.terminal(info.id)}</span>
        <time>{localMinute(now)}</time>
      </header>
      <div>
        <Bands />
      </div>
      <main className={styles.main}>{children}</main>
    </div>
  );
}
