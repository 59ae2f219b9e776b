import type { ReactNode } from 'react';
import { Icon } from '../../ui/Icon.tsx';
import styles from './Acts.module.css';

interface TickProps {
  checked: boolean;
  isDefault?: boolean;
  onChange(checked: boolean): void;
  children: ReactNode;
  /** Stands at the end of the row and has keys of its own. */
  beside?: ReactNode;
}

/** One thing seen, ticked by the space bar. */
export function Tick({ checked, isDefault = false, onChange, children, beside }: TickProps) {
  return (
    <div className={styles.tickRow}>
      <label className={styles.tick}>
        <input
          type="checkbox"
          className="visually-hidden"
          checked={checked}
          {...(isDefault && { 'data-default': true })}
          onChange={(event) => onChange(event.target.checked)}
        />
        <span className={styles.mark}>{checked ? <Icon name="good" /> : null}</span>
        <span>{children}</span>
      </label>
      {beside}
    </div>
  );
}
