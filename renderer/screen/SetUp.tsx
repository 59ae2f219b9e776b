import { t } from '../strings/index.ts';
import type { ScreenFollowing } from './followScreen.ts';
import styles from './Screen.module.css';

/** Before there is anything to show: what is missing, a picture and two steps. */
export function SetUp({ following }: { following: ScreenFollowing }) {
  const { view, isUnreachable } = following;
  const words = t.screen.setUp;
  if (view === null && !isUnreachable) return <p className={styles.setUp}>{words.connecting}</p>;
  const [title, steps] =
    view === null
      ? [words.lost, words.lostSteps]
      : view.hub === 'none'
        ? [words.none, words.noneSteps]
        : [words.new, words.newSteps];
  return (
    <div className={styles.setUp} role="status">
      <Drawing />
      <h2>{title}</h2>
      <ol>
        {steps.map((step, index) => (
          <li key={step}>
            <b aria-hidden="true">{index + 1}</b>
            {step}
          </li>
        ))}
      </ol>
    </div>
  );
}

/** The hall's host, a line with a gap, and this screen. */
function Drawing() {
  return (
    <svg viewBox="0 0 64 24" className={styles.drawing} fill="none" aria-hidden="true" focusable="false">
      <path d="M4 3h10v18H4zM7 7h4M7 10h4M8.6 17h.8" stroke="currentColor" strokeWidth="1" />
      <path
        d="M16 12h2M20 12h2M24 12h2M33 12h2M37 12h2M41 12h1M28 10.5l3 3M31 10.5l-3 3"
        stroke="currentColor"
        strokeWidth="1"
      />
      <path d="M43 4h18v12H43zM50 20h4M52 16v4M47 8h10M47 11h7" stroke="currentColor" strokeWidth="1" />
    </svg>
  );
}
