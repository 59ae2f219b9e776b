import { localTime } from '../app/format.ts';
import { t } from '../strings/index.ts';
import { Icon } from '../ui/Icon.tsx';
import type { ScreenFollowing } from './followScreen.ts';
import styles from './Screen.module.css';

export interface FootProps {
  floor: number;
  /** Which machine this is, small, for whoever mends it. */
  label: string;
  following: ScreenFollowing;
}

/** Where this is, what time it is, and whether what is shown is true now. */
export function Foot({ floor, label, following }: FootProps) {
  const since = staleSinceOf(following);
  const zone = (following.view?.queues ?? []).map((queue) => t.screen.queues[queue]).join(t.separator);
  return (
    <footer className={styles.foot}>
      <span className={styles.floor}>
        <b>{t.screen.floors[floor]}</b>
        {zone ? `${zone}${t.screen.zone}` : ''}
      </span>
      <time>{following.now === 0 ? '' : localTime(new Date(following.now).toISOString())}</time>
      <span role="status" className={since ? styles.stale : styles.rule}>
        {since ? (
          <>
            <Icon name="offline" />
            {t.screen.unsure}
            <small>{t.screen.since(localTime(since))}</small>
          </>
        ) : null}
      </span>
      <span className={styles.label}>{label}</span>
    </footer>
  );
}

/** The earlier of the two silences: of the hub to the terminal, of the terminal to this page. */
function staleSinceOf({ view, lostSince }: ScreenFollowing): string | null {
  const all = [view?.hub === 'silent' ? view.staleSince : null, lostSince].filter((each) => each !== null);
  return all.sort()[0] ?? null;
}
