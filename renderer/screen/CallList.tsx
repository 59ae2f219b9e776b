import type { ScreenCall } from '../../contract/rpc/screen.ts';
import { t } from '../strings/index.ts';
import { Icon } from '../ui/Icon.tsx';
import { callsToShow, isFresh } from './rows.ts';
import styles from './Screen.module.css';

export interface CallListProps {
  /** Newest first. */
  calls: readonly ScreenCall[];
  rows: number;
  /** ms since the epoch, by the server's clock. */
  now: number;
  heading: string;
  /** What the voice says, for who cannot see the wall. */
  sentence: (number: string, window: number) => string;
  windowWord: string;
  empty: string;
  emptyHow: string | null;
}

/** A block of numbers and the windows they are called to. The newest flashes once a second for ten seconds. */
export function CallList(props: CallListProps) {
  const { calls, rows, now, heading, sentence, windowWord, empty, emptyHow } = props;
  const shown = callsToShow(calls, rows, now);
  return (
    <>
      <h2 className={styles.heading}>
        {heading}
        {shown.turn ? <small>{t.screen.page(shown.turn.at, shown.turn.of)}</small> : null}
      </h2>
      {shown.rows.length === 0 ? (
        <p className={styles.empty}>
          {empty}
          {emptyHow ? <small>{emptyHow}</small> : null}
        </p>
      ) : (
        <ol className={styles.calls}>
          {shown.rows.map((call, index) => (
            <li
              // Another call of the same number begins to flash anew.
              key={`${call.number}.${call.at}`}
              className={classOf(call, index === 0, now)}
              aria-label={sentence(call.number, call.window)}
            >
              <b className={styles.number}>{call.number}</b>
              <span className={styles.arrow}>
                <Icon name="next" />
                {call.times > 1 ? <small>{t.screen.again(call.times)}</small> : null}
              </span>
              <span className={styles.window}>
                <b className={styles.windowNumber}>{call.window}</b>
                <small>{windowWord}</small>
              </span>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

function classOf(call: ScreenCall, isNewest: boolean, now: number): string {
  const names = [styles.call];
  if (isFresh(call, now)) names.push(isNewest ? styles.newest : styles.fresh);
  if (!call.isAwaited) names.push(styles.came);
  return names.join(' ');
}
