import type { ReactNode } from 'react';
import type { Failure } from '../app/failure.ts';
import { Icon, type IconName } from './Icon.tsx';
import styles from './Notice.module.css';

/** One line under the thing it is about: what happened, what is kept, what to do; the code in grey. */
export function FailureNotice({ failure, children }: { failure: Failure; children?: ReactNode }) {
  return (
    <p className={`${styles.notice} ${styles.over}`} role="alert">
      <Icon name="warning" />
      <span>
        {failure.message} <span className={styles.code}>({failure.code})</span> {children}
      </span>
    </p>
  );
}

interface BandProps {
  icon: IconName;
  title: string;
  /** `over`: an alarm, read out at once; else striped, something is away. */
  tone?: 'away' | 'over';
  children: ReactNode;
}

/** Across the page: what is so, what still works, what to do. */
export function Band({ icon, title, tone = 'away', children }: BandProps) {
  const isAlarm = tone === 'over';
  return (
    <div className={`${styles.band} ${isAlarm ? styles.alarm : ''}`} role={isAlarm ? 'alert' : 'status'}>
      <Icon name={icon} />
      <strong>{title}</strong>
      <span>{children}</span>
    </div>
  );
}

interface ChipProps {
  tone?: 'plain' | 'calm' | 'near' | 'over';
  icon?: IconName;
  title?: string;
  children: ReactNode;
}

const TONES = { plain: '', calm: styles.chipCalm, near: styles.chipNear, over: styles.chipOver };

export function Chip({ tone = 'plain', icon, title, children }: ChipProps) {
  return (
    <span className={`${styles.chip} ${TONES[tone]}`} title={title}>
      {icon === undefined ? null : <Icon name={icon} />}
      {children}
    </span>
  );
}
