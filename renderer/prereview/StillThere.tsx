import { t } from '../strings/index.ts';
import { Dialog } from '../ui/Dialog.tsx';
import kiosk from './Kiosk.module.css';
import styles from './StillThere.module.css';
import { WIPE_AFTER_S } from './useIdle.ts';

/** Over everything, 20 s: whoever left his data here is protected from whoever comes next. */
export function StillThere({ left, onStay, onLeave }: { left: number; onStay(): void; onLeave(): void }) {
  const words = t.prereview.still;
  return (
    <Dialog
      title={words.title}
      className={styles.still}
      onClose={onStay}
      actions={
        <>
          <button type="button" className={kiosk.secondary} onClick={onLeave}>
            {words.leave}
          </button>
          <button type="button" data-default className={kiosk.primary} onClick={onStay}>
            {words.stay}
          </button>
        </>
      }
    >
      <Ring left={left} />
      <p>{words.text(left)}</p>
    </Dialog>
  );
}

function Ring({ left }: { left: number }) {
  const length = 2 * Math.PI * 44;
  const share = left / WIPE_AFTER_S;
  return (
    <svg viewBox="0 0 100 100" className={styles.ring} aria-hidden="true" focusable="false">
      <circle cx="50" cy="50" r="44" className={styles.ringBack} />
      <circle
        cx="50"
        cy="50"
        r="44"
        className={styles.ringLeft}
        strokeDasharray={`${length * Math.max(0, share)} ${length}`}
        transform="rotate(-90 50 50)"
      />
      <text x="50" y="50" className={styles.ringNumber}>
        {left}
      </text>
    </svg>
  );
}
