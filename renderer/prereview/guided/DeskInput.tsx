import { useEffect, useId, useRef } from 'react';
import kiosk from '../Kiosk.module.css';
import styles from '../NumberPad.module.css';

interface DeskInputProps {
  label: string;
  value: string;
  onChange(value: string): void;
  onDone(): void;
  busy: boolean;
  doneLabel: string;
}

/** A number with letters, from the desk's keyboard or its scanner. */
export function DeskInput({ label, value, onChange, onDone, busy, doneLabel }: DeskInputProps) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  // The only field of a page that was asked for.
  useEffect(() => field.current?.focus(), []);
  return (
    <form
      className={styles.pad}
      onSubmit={(event) => {
        event.preventDefault();
        if (value.trim() !== '' && !busy) onDone();
      }}
    >
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className={styles.display}
        value={value}
        autoComplete="off"
        ref={field}
        onChange={(event) => onChange(event.target.value)}
      />
      <button type="submit" className={`${kiosk.primary} ${styles.act}`} disabled={value.trim() === '' || busy}>
        {doneLabel}
      </button>
    </form>
  );
}
