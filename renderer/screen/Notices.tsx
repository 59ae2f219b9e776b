import type { ScreenState } from '../../contract/rpc/screen.ts';
import { t } from '../strings/index.ts';
import styles from './Screen.module.css';

/** Numbers of a strip that can be read from ten metres. */
const PASSED = 6;

/** One strip: who was passed, which window pauses, what gives no numbers; the rules when there is nothing to say. */
export function Notices({ view }: { view: ScreenState }) {
  const { passed, paused, stopped, queues } = view;
  const isAllStopped = stopped.length > 0 && queues.every((queue) => stopped.includes(queue));
  const isQuiet = passed.length + paused.length + stopped.length === 0;
  return (
    <div className={styles.notices}>
      {passed.length > 0 ? (
        <p>
          <b>{t.screen.passed}</b>
          {passed.slice(0, PASSED).map((number) => (
            <i key={number}>{number}</i>
          ))}
          {t.screen.passedHow}
        </p>
      ) : null}
      {paused.length > 0 ? (
        <p>
          <b>{t.screen.paused}</b>
          {paused.map((window) => (
            <i key={window}>
              {window}
              {t.screen.windowShort}
            </i>
          ))}
        </p>
      ) : null}
      {stopped.length > 0 ? (
        <p className={styles.stopped}>
          {isAllStopped ? (
            t.screen.stoppedAll
          ) : (
            <>
              <b>{t.screen.stopped}</b>
              {stopped.map((queue) => (
                <i key={queue}>{t.screen.queues[queue]}</i>
              ))}
            </>
          )}
        </p>
      ) : null}
      {isQuiet ? <p className={styles.rule}>{t.screen.rule}</p> : null}
    </div>
  );
}
