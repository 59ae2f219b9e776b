import { type ReactNode, useEffect, useRef, useState } from 'react';
import {
  type CitizenFace,
  HOLD_MS,
  OUT_OF_SERVICE,
  OUT_OF_SERVICE_STAFF,
  STAFF_PART_MS,
} from '../../contract/outOfService.ts';
import styles from './OutOfService.module.css';

interface OutOfServiceProps {
  face: CitizenFace;
  /** For staff: what happened, what is kept, what to do. */
  children: ReactNode;
}

/**
 * A display that citizens see, whose page cannot work: where to go, in the largest type, and nothing about why. The cause
 * opens for staff by holding the button, or by a key, and closes by itself.
 */
export function OutOfService({ face, children }: OutOfServiceProps) {
  const [isStaff, setStaff] = useState(false);
  const { todo, what } = OUT_OF_SERVICE[face];
  useEffect(() => {
    const timer = isStaff ? setTimeout(() => setStaff(false), STAFF_PART_MS) : undefined;
    // Without a focus, whose ring would draw every finger to the button.
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== (isStaff ? 'Escape' : 'Enter')) return;
      event.preventDefault();
      setStaff(!isStaff);
    };
    window.addEventListener('keydown', onKey);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('keydown', onKey);
    };
  }, [isStaff]);
  const look = face === 'screen' ? `${styles.page} ${styles.wall}` : styles.page;
  if (isStaff) {
    return (
      <main className={look} aria-label={OUT_OF_SERVICE_STAFF.region}>
        <div className={styles.staff}>
          {children}
          <div className={styles.acts}>
            <button type="button" className={styles.button} ref={focus} onClick={() => location.reload()}>
              {OUT_OF_SERVICE_STAFF.again}
            </button>
            <button type="button" className={styles.button} onClick={() => setStaff(false)}>
              {OUT_OF_SERVICE_STAFF.back}
            </button>
          </div>
        </div>
      </main>
    );
  }
  return (
    <main className={look}>
      <div className={styles.citizen} role="alert">
        <h1>{todo}</h1>
        <p>{what}</p>
      </div>
      <HoldButton onHeld={() => setStaff(true)} />
    </main>
  );
}

/** What staff came for, without Tab. */
function focus(button: HTMLButtonElement | null): void {
  button?.focus();
}

function HoldButton({ onHeld }: { onHeld(): void }) {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const end = (): void => clearTimeout(timer.current);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <button
      type="button"
      className={styles.button}
      onPointerDown={() => {
        end();
        timer.current = setTimeout(onHeld, HOLD_MS);
      }}
      onPointerUp={end}
      onPointerCancel={end}
      onPointerLeave={end}
      onContextMenu={(event) => event.preventDefault()}
    >
      {OUT_OF_SERVICE_STAFF.hold}
    </button>
  );
}
