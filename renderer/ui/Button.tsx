import type { ButtonHTMLAttributes, ReactNode } from 'react';
import styles from './Button.module.css';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: 'normal' | 'primary' | 'waiting' | 'danger' | 'plain';
  size?: 'normal' | 'small';
  /** The key that does the same, drawn inside. */
  keyName?: string;
  children: ReactNode;
}

/** `waiting` is a primary action that cannot be done yet: it still takes the press and then shows what is missing. */
export function Button({ look = 'normal', size = 'normal', keyName, children, className, ...rest }: ButtonProps) {
  const classes = [
    styles.button,
    look === 'normal' ? '' : styles[look],
    size === 'small' ? styles.small : '',
    className,
  ]
    .filter(Boolean)
    .join(' ');
  return (
    <button type="button" {...rest} className={classes}>
      {keyName === undefined ? null : (
        <span className={styles.key} aria-hidden="true">
          {keyName}
        </span>
      )}
      {children}
    </button>
  );
}

export function Key({ children }: { children: ReactNode }) {
  return <kbd className={styles.key}>{children}</kbd>;
}
