import { t } from '../../strings/index.ts';
import styles from './Hall.module.css';
import type { Board } from './useBoard.ts';

/** Numbers taken and services ended, hour by hour: two bars each, and the same in words. */
export function Hours({ hours }: { hours: Board['hours'] }) {
  if (hours.length === 0) return <p className={styles.muted}>{t.board.hoursEmpty}</p>;
  const most = Math.max(1, ...hours.flatMap(({ taken, finished }) => [taken, finished]));
  const share = (count: number): string => `${(100 * count) / most}%`;
  return (
    <figure className={styles.hours}>
      <figcaption className={styles.legend}>
        <span>{t.board.hours}</span>
        <span>
          <i className={styles.takenBar} /> {t.board.takenBar}
        </span>
        <span>
          <i className={styles.finishedBar} /> {t.board.finishedBar}
        </span>
      </figcaption>
      <ol className={styles.bars}>
        {hours.map(({ hour, taken, finished }) => (
          <li key={hour} title={t.board.hourName(hour, taken, finished)}>
            <span className="visually-hidden">{t.board.hourName(hour, taken, finished)}</span>
            <span className={styles.pair} aria-hidden="true">
              <i className={styles.takenBar} style={{ height: share(taken) }} />
              <i className={styles.finishedBar} style={{ height: share(finished) }} />
            </span>
            <span className={styles.hour} aria-hidden="true">
              {hour}
            </span>
          </li>
        ))}
      </ol>
    </figure>
  );
}
