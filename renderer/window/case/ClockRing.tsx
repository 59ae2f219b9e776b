import styles from './Side.module.css';

const RADIUS = 18;
const ROUND = 2 * Math.PI * RADIUS;

/** The used part of a promise as a ring; words beside it say the same. */
export function ClockRing({ share, tone }: { share: number; tone: 'calm' | 'near' | 'over' }) {
  return (
    <svg viewBox="0 0 44 44" className={styles[tone]} aria-hidden="true" focusable="false">
      <circle cx="22" cy="22" r={RADIUS} fill="none" stroke="currentColor" strokeWidth="2" opacity="0.3" />
      <circle
        cx="22"
        cy="22"
        r={RADIUS}
        fill="none"
        stroke="currentColor"
        strokeWidth="5"
        strokeDasharray={`${Math.min(1, share) * ROUND} ${ROUND}`}
        transform="rotate(-90 22 22)"
      />
    </svg>
  );
}
