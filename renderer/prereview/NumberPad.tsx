import { t } from '../strings/index.ts';
import kiosk from './Kiosk.module.css';
import styles from './NumberPad.module.css';

interface NumberPadProps {
  label: string;
  value: string;
  onChange(value: string): void;
  onDone(): void;
  maxLength: number;
  /** Beside the digits; `X` of an identity number. */
  extra?: string;
  /** How the value is grouped for the eye. */
  shown?: string;
  ready: boolean;
  busy: boolean;
  doneLabel?: string;
}

/** Large keys; a keyboard at the desk does the same. */
export function NumberPad(props: NumberPadProps) {
  const { label, value, onChange, onDone, maxLength, extra, shown = value, ready, busy, doneLabel } = props;
  const words = t.prereview.number;
  const type = (key: string): void => onChange((value + key).slice(0, maxLength));
  return (
    <form
      className={styles.pad}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !busy) onDone();
      }}
    >
      <output className={styles.display} aria-label={label} data-testid="typed">
        {shown === '' ? ' ' : shown}
      </output>
      <div className={styles.keys}>
        {['1', '2', '3', '4', '5', '6', '7', '8', '9', extra ?? '', '0'].map((key) =>
          key === '' ? (
            <span key="none" />
          ) : (
            <button key={key} type="button" className={styles.key} onClick={() => type(key)}>
              {key}
            </button>
          ),
        )}
        <button type="button" className={styles.key} onClick={() => onChange(value.slice(0, -1))}>
          {words.erase}
        </button>
      </div>
      <div className={kiosk.pair}>
        <button type="button" className={`${kiosk.secondary} ${styles.act}`} onClick={() => onChange('')}>
          {words.clear}
        </button>
        <button type="submit" className={`${kiosk.primary} ${styles.act}`} disabled={!ready || busy}>
          {doneLabel ?? words.done}
        </button>
      </div>
    </form>
  );
}
