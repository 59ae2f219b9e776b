import type { ScreenState } from '../../contract/rpc/screen.ts';
import { t } from '../strings/index.ts';
import { minutesOf } from './rows.ts';
import styles from './Screen.module.css';

type Line = ScreenState['waiting'][number];

/** More classes than this do not fit; the first ones are the queues of the floor. */
const LINES = 5;
/** With more there is room for who is next in the first one only. */
const LINES_WITH_NEXT = 3;

/** How many wait for what, how long somebody who takes a number now will, and who is next. */
export function Waiting({ view }: { view: ScreenState }) {
  const lines = view.waiting.filter(({ waiting }) => waiting > 0).slice(0, LINES);
  return (
    <>
      <h2 className={styles.heading}>{t.screen.waiting}</h2>
      {lines.length === 0 ? (
        <p className={styles.empty}>{t.screen.waitingEmpty}</p>
      ) : (
        <ul className={lines.length > LINES_WITH_NEXT ? `${styles.lines} ${styles.many}` : styles.lines}>
          {lines.map((line) => (
            <li key={`${line.queue}.${line.class}`}>
              <span className={styles.kind}>
                <b>{line.prefix}</b>
                {nameOf(line)}
              </span>
              <b className={styles.people}>{t.screen.people(line.waiting)}</b>
              <span className={styles.minutes}>{estimateOf(line)}</span>
              {line.next.length > 0 ? (
                <span className={styles.next}>
                  {t.screen.next}
                  {line.next.map((number) => (
                    <b key={number}>{number}</b>
                  ))}
                </span>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function nameOf({ queue, class: kind }: Line): string {
  return kind === 'ordinary' ? t.screen.queues[queue] : t.screen.classes[kind];
}

function estimateOf({ estimate }: Line): string {
  if (!estimate) return t.screen.noEstimate;
  const { from, to } = minutesOf(estimate);
  return from === 0 ? t.screen.minutesBelow(to) : t.screen.minutes(from, to);
}
