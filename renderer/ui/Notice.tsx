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

/** The striped band: something is away; says what still works. */
export function Band({ icon, title, children }: { icon: IconName; title: string; children: ReactNode }) {
  return (
    <div className={styles.band} role="status">
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
